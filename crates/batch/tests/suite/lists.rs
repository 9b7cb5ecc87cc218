//! Lists as offices hand them over: what is readable is read, what is not is said with the next step.

use batch::lists::{Districts, ListFile, Reading, guess};
use domain::{
    Date,
    payments::Purpose,
    people::{Gives, ImportOpened, ListHead, RowOutcome},
};
use expect_test::{Expect, expect};
use std::{io::Write, path::Path};
use zip::{ZipWriter, write::SimpleFileOptions};

fn written(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("written");
    file
}

/// What a file is understood as: head, notes, rows, blank rows; or why not.
fn understood(path: &Path) -> String {
    let shown = || -> Result<String, batch::lists::FileFault> {
        let file = ListFile::open(path)?;
        let mut rows = Vec::new();
        let ended = file.each(|row| {
            rows.push(format!("{}: {}", row.line, row.cells.join("|")));
            true
        })?;
        let notes: Vec<String> = file.notes.iter().map(|note| format!("{note:?}")).collect();
        rows.truncate(3);
        Ok(format!(
            "[{}] {} {} rows, {} blank; {}",
            file.head.join("|"),
            notes.join(" "),
            ended.rows,
            ended.blank,
            rows.join("; ")
        ))
    };
    shown().unwrap_or_else(|fault| format!("{} ({})", fault, fault.code()))
}

#[test]
fn a_table_is_read_or_refused_with_the_next_step() {
    let check = |bytes: &[u8], want: Expect| want.assert_eq(&understood(written(bytes).path()));
    check(b"Name,CNIC\nAmina,17201\n", expect!["[Name|CNIC]  1 rows, 0 blank; 2: Amina|17201"]);
    check(
        "\u{FEFF}نام؛شناختی کارڈ\nآمنہ;۱۷۲۰۱\n".replace('؛', ";").as_bytes(),
        expect!["[نام|شناختی کارڈ]  1 rows, 0 blank; 2: آمنہ|۱۷۲۰۱"],
    );
    check(
        b"District Zakat Committee,,\n\nName,Father,CNIC\nAmina,Sher,1\n,,\n,,\nNoor,Gul,2\n",
        expect!["[Name|Father|CNIC] Above(1) 2 rows, 2 blank; 4: Amina|Sher|1; 7: Noor|Gul|2"],
    );
    check(
        b"Name,Name,CNIC\nAmina,Sher,1\n",
        expect![[r#"[Name|Name (2)|CNIC] Twice("Name") 1 rows, 0 blank; 2: Amina|Sher|1"#]],
    );
    check(
        b"Name,CNIC\n",
        expect!["The file has no rows under its column names. Check that it is the right file. (empty)"],
    );
    check(b"", expect!["The file has no rows under its column names. Check that it is the right file. (empty)"]);
    check(
        b"\xFF\xFEN\0a\0m\0e\0",
        expect![[
            r#"The file is in UTF-16. In the spreadsheet choose Save as, "CSV UTF-8", or give the workbook (.xlsx) itself. (utf16)"#
        ]],
    );
    check(
        b"N\0a\0m\0e\0,\0C\0N\0I\0C\0\n\0",
        expect![[
            r#"The file is in UTF-16. In the spreadsheet choose Save as, "CSV UTF-8", or give the workbook (.xlsx) itself. (utf16)"#
        ]],
    );
    check(
        b"Name,CNIC\nAmina,1\n\xC2\xE3\xE4\xC9 \xC8\xED\xC8\xED,2\n",
        expect![[
            r#"Line 3 is not UTF-8; it looks like Windows-1256, as older Urdu and Arabic programs write. In the spreadsheet choose Save as, "CSV UTF-8", or give the workbook (.xlsx) itself. (windows1256)"#
        ]],
    );
    check(
        b"Name,CNIC\nAmina,1\nJos\xE9 \x85 Mar\x93a,2\n",
        expect![[
            r#"Line 3 is not UTF-8. In the spreadsheet choose Save as, "CSV UTF-8", or give the workbook (.xlsx) itself. (encoding)"#
        ]],
    );
    check(
        b"%PDF-1.7 \n",
        expect![
            "This is neither a table (.csv) nor a workbook (.xlsx). Ask for the list as one of these. (not_a_table)"
        ],
    );
    check(
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        expect![
            "This is an old workbook (.xls) or one with a password. Save it as .xlsx without a password. (old_workbook)"
        ],
    );
    check(
        b"PK\x03\x04 broken",
        expect![
            "This is neither a table (.csv) nor a workbook (.xlsx). Ask for the list as one of these. (not_a_table)"
        ],
    );
    let open = format!("Name,CNIC\nAmina,\"1\n{}", "x,y\n".repeat(100_000));
    check(
        open.as_bytes(),
        expect![
            "In line 2 a quotation mark is opened and never closed. Remove it, or save the list again as CSV UTF-8. (quote)"
        ],
    );
}

/// A workbook with these rows of cells as XML.
fn workbook(sheet: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let mut zip = ZipWriter::new(&mut file);
    let parts = [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).expect("a part");
    write!(zip, r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#).expect("written");
    zip.finish().expect("whole");
    file
}

fn text(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_workbook_is_read_cell_by_cell() {
    let head = format!("<row r=\"3\">{}{}{}</row>", text("A3", "نام"), text("B3", "CNIC"), text("C3", "رقم"));
    let amina = format!(
        "<row r=\"4\">{}<c r=\"B4\"><v>1720123456782</v></c><c r=\"C4\"><f>6000*2</f><v>12000</v></c></row>",
        text("A4", "آمنہ")
    );
    let title = format!("<row r=\"1\">{}</row>", text("A1", "District Zakat Committee"));
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells>";
    let sheet = format!("<sheetData>{title}{head}{amina}</sheetData>{merged}");
    expect!["[نام|CNIC|رقم] Merged(1) Formulas(1) Above(2) 1 rows, 0 blank; 4: آمنہ|1720123456782|12000"]
        .assert_eq(&understood(workbook(&sheet).path()));
    // A million rows with nothing in them.
    let blank: String = (5..1_000_005).map(|row| format!("<row r=\"{row}\"/>")).collect();
    let sheet = format!("<sheetData>{head}{amina}{blank}</sheetData>");
    expect!["[نام|CNIC|رقم] Formulas(1) Above(2) 1 rows, 0 blank; 4: آمنہ|1720123456782|12000"]
        .assert_eq(&understood(workbook(&sheet).path()));
    // A few kilobytes that unpack to eighty megabytes.
    let bomb = " ".repeat(80 << 20);
    expect!["The workbook unpacks to far more than a list holds, so it was not opened. Ask for it as CSV. (bomb)"]
        .assert_eq(&understood(workbook(&bomb).path()));
}

#[test]
fn a_row_keeps_what_is_readable_and_what_was_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/examples/zakat-nowshera-2026.csv");
    let file = ListFile::open(&path).expect("the list");
    let day = Date::from_ymd_opt(2026, 10, 1).expect("a day");
    let opened = ImportOpened {
        list: ListHead {
            source: "District Zakat Committee Nowshera".to_owned(),
            title: "Guzara 2026".to_owned(),
            operator: None,
            programme: None,
            district: Some("nowshera".into()),
            stated_on: day,
            gives: Gives { purpose: Purpose::Cash, amount: None, per: None },
        },
        file: String::new(),
        file_name: String::new(),
        mapping: guess(&file.head, None),
        head: file.head.clone(),
        batch_rows: 1_000,
        matched_by: String::new(),
    };
    opened.check(day).expect("sound");
    let reading = Reading::new(&opened, Districts::default());
    let (mut lines, mut keys) = (String::new(), Vec::new());
    file.each(|raw| {
        let row = reading.row(raw);
        let state = match &row.outcome {
            RowOutcome::Refused { reason } => format!("refused {reason}"),
            _ => "taken".to_owned(),
        };
        let birth = row.birth.map(|birth| birth.to_string()).unwrap_or_default();
        let amount = row.benefits.first().and_then(|benefit| benefit.amount).map(|amount| amount.to_string());
        let notes: Vec<String> = row.notes.iter().map(ToString::to_string).collect();
        lines.push_str(&format!(
            "{} {state} {} / {} / {} / {} / {birth} / {} {}\n",
            row.line,
            row.given,
            row.number.unwrap_or_default(),
            row.phone.unwrap_or_default(),
            row.village.unwrap_or_default(),
            amount.unwrap_or_default(),
            notes.join(" "),
        ));
        keys.push(row.row_key);
        true
    })
    .expect("read");
    expect![[r#"
        4 taken آمنہ بی بی / 1720123456782 / +923001234567 / پبی / 1988-03-02 / Rs 12,000 
        5 taken Noor Rehman / 1720155555553 / +923457654321 / Akora Khattak / 1961 / Rs 12,000 
        6 taken Gul Khan / 1720123456782 /  / Risalpur / 1970 / Rs 12,000 
        7 taken Zarmina /  /  / Pabbi /  / Rs 12,000 number_unusual
        8 taken =HYPERLINK("http://example.invalid") /  /  / Pabbi /  / Rs 12,000 
        9 refused name_missing  /  /  /  /  /  
        10 taken Noor Rehman / 1720155555553 / +923457654321 / Akora Khattak / 1961 / Rs 12,000 
    "#]]
    .assert_eq(&lines);
    assert_eq!(keys[1], keys[6], "the same row twice has one key");
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 6);
}

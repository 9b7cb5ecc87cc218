//! What report pages are made of: headings, tables, and charts as SVG. A chart is followed by its table.
//!
//! Charts are drawn 320 units wide, so that their words can be read on a narrow screen, and grow on a wide one. Floating
//! point is not needed: drawings are rounded to units.

use super::names::Names;
use batch::{disclosure::Readers, notes::Note};
use std::fmt::{Arguments, Write};
use web::text::{Arg, T};

const STYLE: &str = "
:root{color-scheme:light}
body{font:1rem/1.5 system-ui,'Noto Naskh Arabic',sans-serif;color:#1a1a1a;background:#fff;max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.3}h2{margin-block-start:2.5rem;border-block-end:2px solid #1a1a1a}
.wide{overflow-x:auto;overflow-wrap:normal}table{border-collapse:collapse;margin-block:.5rem}caption{text-align:start;font-weight:600}
th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:end;font-variant-numeric:tabular-nums}th{background:#f2f2f2}
td{white-space:nowrap}th:first-child,td:first-child{text-align:start}code{overflow-wrap:anywhere;unicode-bidi:isolate;direction:ltr}
figure{margin:1rem 0;max-width:36rem}svg{display:block;width:100%;height:auto}
:lang(ur),:lang(ps){line-height:1.9}
@media print{body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}table,svg,figure{break-inside:avoid}
.wide{overflow:visible}}
";

/// Text that is safe between tags and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A line of a chart: its name, its colour, the lengths of dash and gap, and for each place along the chart the least
/// and the most in hundredths of a percent.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) colour: &'static str,
    pub(crate) dash: &'static str,
    pub(crate) points: Vec<Option<(u64, u64)>>,
}

/// A bar of a chart: its name, how long it surely is and may be, and what stands beside it.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) low: u64,
    pub(crate) high: u64,
    pub(crate) value: String,
}

/// A page being written.
pub(crate) struct Page {
    out: String,
    /// The last heading of the second level, so that tables of the same kind have names of their own.
    section: String,
    pub(crate) t: T,
}

impl Page {
    pub(crate) fn new(t: T, title: &str) -> Self {
        let mut page = Self { out: String::new(), section: String::new(), t };
        let (lang, dir, title) = (t.lang(), t.dir(), escaped(title));
        page.put(format_args!(
            "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        ));
        page
    }

    pub(crate) fn put(&mut self, what: Arguments) {
        let written = self.out.write_fmt(what);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
    }

    pub(crate) fn heading(&mut self, level: u8, text: &str) {
        if level == 2 {
            self.section = format!("{text}: ");
        }
        self.put(format_args!("<h{level}>{}</h{level}>\n", escaped(text)));
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        self.put(format_args!("<p>{}</p>\n", escaped(text)));
    }

    /// Names with codes that a machine reads.
    pub(crate) fn codes(&mut self, pairs: &[(String, &str)]) {
        let lines = pairs.iter().map(|(name, code)| format!("{} <code>{}</code>", escaped(name), escaped(code)));
        let lines: Vec<String> = lines.collect();
        self.put(format_args!("<p>{}</p>\n", lines.join("<br>")));
    }

    pub(crate) fn list(&mut self, items: &[String]) {
        if !items.is_empty() {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
            self.put(format_args!("<ul>{items}</ul>\n"));
        }
    }

    /// What a reader must know, and for whom the counts are.
    pub(crate) fn notes(&mut self, notes: &[Note], readers: Readers, names: &Names) {
        let t = self.t;
        let counts = match readers {
            Readers::Anybody => t.m("report-counts-rounded"),
            Readers::Inside => t.m("report-counts-exact"),
        };
        let said = notes.iter().map(|note| match &note.items[..] {
            [] => t.code("report-note", note.about.key()),
            items => {
                let items: Vec<String> = items.iter().map(|id| names.any(id)).collect();
                format!("{} {}", t.code("report-note", note.about.key()), items.join(t.m("value-comma").as_str()))
            }
        });
        let all: Vec<String> = std::iter::once(counts).chain(said).collect();
        self.list(&all);
    }

    pub(crate) fn table(&mut self, caption: &str, head: &[String], rows: &[Vec<String>]) {
        let name = escaped(&format!("{}{caption}", self.section));
        let caption = escaped(caption);
        let head: String = head.iter().map(|text| format!("<th scope=\"col\">{}</th>", escaped(text))).collect();
        self.put(format_args!(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table><caption>{caption}</caption>\
             <thead><tr>{head}</tr></thead><tbody>\n"
        ));
        for row in rows {
            let mut cells = row.iter().map(|text| escaped(text));
            let first = cells.next().map_or(String::new(), |text| format!("<th scope=\"row\">{text}</th>"));
            let rest: String = cells.map(|text| format!("<td>{text}</td>")).collect();
            self.put(format_args!("<tr>{first}{rest}</tr>\n"));
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    /// Bars below one another: solid as far as it is sure, striped to where it may reach. Its words are in the label too.
    pub(crate) fn bars(&mut self, label: &str, bars: &[Bar]) {
        let most = bars.iter().map(|bar| bar.high).max().unwrap_or(0).max(1);
        let said: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, bar.value)).collect();
        let (start, end) = if self.t.dir() == "rtl" { (320, 0) } else { (0, 320) };
        self.put(format_args!(
            "<figure><svg role=\"img\" viewBox=\"0 0 320 {}\" aria-label=\"{}: {}\" font-size=\"12\">\n",
            bars.len() * 34,
            escaped(label),
            escaped(&said.join("; "))
        ));
        for (at, bar) in bars.iter().enumerate() {
            let y = at * 34;
            let wide = |of: u64| u64::try_from(u128::from(of) * 320 / u128::from(most)).unwrap_or(320);
            let from = |width: u64| if start == 320 { 320 - width } else { 0 };
            let (sure, may) = (wide(bar.low), wide(bar.high));
            self.put(format_args!(
                "<text x=\"{start}\" y=\"{text}\">{name}</text><text x=\"{end}\" y=\"{text}\" text-anchor=\"end\">{value}</text>\
                 <rect x=\"{mx}\" y=\"{top}\" width=\"{may}\" height=\"11\" fill=\"#9db8d9\"/>\
                 <rect x=\"{sx}\" y=\"{top}\" width=\"{sure}\" height=\"11\" fill=\"#1f4f8f\"/>\n",
                text = y + 13,
                top = y + 18,
                name = escaped(&bar.name),
                value = escaped(&bar.value),
                mx = from(may),
                sx = from(sure),
            ));
        }
        self.out.push_str("</svg></figure>\n");
    }

    /// Percentages along a scale: a band from the least to the most, and lines at both. The scale runs from left to right
    /// in every language, as numbers do.
    pub(crate) fn lines(&mut self, label: &str, below: &str, places: &[String], lines: &[Line]) {
        let last = places.len().saturating_sub(1).max(1);
        let (left, width, top, height) = (34, 276, 10 + 16 * lines.len(), 150);
        let x = |at: usize| left + at * width / last;
        let y = |value: u64| top as u64 + height - (value.min(10_000) * height + 5_000) / 10_000;
        let foot = y(0);
        self.put(format_args!(
            "<figure><svg role=\"img\" viewBox=\"0 0 320 {}\" direction=\"ltr\" aria-label=\"{}\" font-size=\"11\">\n",
            foot + 34,
            escaped(label)
        ));
        for percent in [0, 25, 50, 75, 100] {
            let at = y(percent * 100);
            self.put(format_args!(
                "<line x1=\"{left}\" x2=\"310\" y1=\"{at}\" y2=\"{at}\" stroke=\"#c4c4c4\"/>\
                 <text x=\"30\" y=\"{}\" text-anchor=\"end\">{percent}%</text>\n",
                at + 4
            ));
        }
        let step = places.len().div_ceil(6).max(1);
        for (at, place) in places.iter().enumerate().step_by(step) {
            let text = escaped(place);
            self.put(format_args!("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{text}</text>\n", x(at), foot + 15));
        }
        self.put(format_args!(
            "<text x=\"172\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            foot + 30,
            escaped(below)
        ));
        for (nth, line) in lines.iter().enumerate() {
            let (colour, dash) = (line.colour, line.dash);
            let name = escaped(&line.name);
            let legend = 12 + nth * 16;
            self.put(format_args!(
                "<line x1=\"{left}\" x2=\"58\" y1=\"{0}\" y2=\"{0}\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>\
                 <text x=\"64\" y=\"{legend}\">{name}</text>\n",
                legend - 4
            ));
            let known: Vec<(usize, (u64, u64))> =
                line.points.iter().enumerate().filter_map(|(at, point)| Some((x(at), (*point)?))).collect();
            let low = known.iter().map(|(x, point)| format!("{x},{}", y(point.0)));
            let high = known.iter().map(|(x, point)| format!("{x},{}", y(point.1)));
            let joined = |points: Vec<String>| points.join(" ");
            let (low, high) = (joined(low.collect()), joined(high.rev().collect()));
            self.put(format_args!("<polygon points=\"{low} {high}\" fill=\"{colour}\" fill-opacity=\"0.18\"/>\n"));
            for points in [low, high] {
                self.put(format_args!(
                    "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>\n"
                ));
            }
        }
        self.out.push_str("</svg></figure>\n");
    }

    pub(crate) fn end(mut self) -> String {
        self.out.push_str("</main>\n</body>\n</html>\n");
        self.out
    }
}

/// A message with texts in it.
pub(crate) fn say(t: T, id: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<(&str, Arg)> = values.iter().map(|(name, value)| (*name, Arg::from(*value))).collect();
    t.with(id, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_by_others_becomes_markup() {
        assert_eq!(escaped("<b a='1' c=\"2\">&"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
    }

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}

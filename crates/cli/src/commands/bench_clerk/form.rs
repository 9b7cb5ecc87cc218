//! The forms of a page as a browser sees them: what is filled in already, what may be chosen, what is sent.

/// What kind of field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Sent as it stands.
    Hidden,
    /// Typed.
    Text,
    /// One of several under the same name.
    Radio,
    /// Ticked or not.
    Checkbox,
    /// A choice of a list to open.
    Listed,
    /// Sent when it is the one that was pressed.
    Button,
}

/// One field, or one choice of a field.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub name: String,
    pub kind: Kind,
    pub value: String,
    /// It is sent.
    pub on: bool,
}

/// One form.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub fields: Vec<Field>,
}

impl Form {
    /// The form of a page that is sent to this address.
    pub(crate) fn of(page: &str, action: &str) -> Option<Form> {
        let to = format!("action=\"{action}\"");
        let forms = page.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap_or_default());
        let form = forms.into_iter().find(|form| form.split('>').next().is_some_and(|tag| tag.contains(&to)))?;
        let mut fields = Vec::new();
        let mut list = String::new();
        for (tag, after) in form.split('<').skip(1).filter_map(|rest| rest.split_once('>')) {
            match tag.split([' ', '\n']).next().unwrap_or_default() {
                "select" => list = attribute(tag, "name").unwrap_or_default(),
                "option" => fields.push(field(tag, Kind::Listed, list.clone(), tag.ends_with(" selected"))),
                "input" => fields.extend(input(tag)),
                "button" => fields.extend(named(tag, Kind::Button, false)),
                "textarea" => {
                    fields.extend(named(tag, Kind::Text, true).map(|area| Field { value: plain(after), ..area }))
                }
                _ => {}
            }
        }
        Some(Form { fields })
    }

    /// The choices under a name.
    pub(crate) fn choices<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.name == name)
    }

    /// Types a text, takes a choice, or presses a button; false when the form offers no such thing.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> bool {
        let mut found = false;
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            match field.kind {
                Kind::Text => {
                    value.clone_into(&mut field.value);
                    field.on = true;
                }
                Kind::Checkbox | Kind::Button => field.on |= field.value == value,
                Kind::Radio | Kind::Listed => field.on = field.value == value,
                Kind::Hidden => continue,
            }
            found |= field.on;
        }
        found
    }

    /// The body of the post.
    pub(crate) fn body(&self) -> String {
        let pair = |field: &Field| format!("{}={}", encode(&field.name), encode(&field.value));
        self.fields.iter().filter(|field| field.on).map(pair).collect::<Vec<_>>().join("&")
    }
}

fn input(tag: &str) -> Option<Field> {
    match attribute(tag, "type").as_deref() {
        Some("hidden") => named(tag, Kind::Hidden, true),
        Some("radio") => named(tag, Kind::Radio, tag.ends_with(" checked")),
        Some("checkbox") => named(tag, Kind::Checkbox, tag.ends_with(" checked")),
        Some("file") => None,
        _ => named(tag, Kind::Text, true),
    }
}

fn named(tag: &str, kind: Kind, on: bool) -> Option<Field> {
    Some(field(tag, kind, attribute(tag, "name")?, on))
}

fn field(tag: &str, kind: Kind, name: String, on: bool) -> Field {
    Field { name, kind, value: attribute(tag, "value").unwrap_or_default(), on }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next().map(plain)
}

/// Text without the escapes that the pages' templates write.
pub(crate) fn plain(text: &str) -> String {
    const ESCAPES: [(&str, &str); 5] =
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    ESCAPES.iter().fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
}

/// Percent-encodes whatever is not a plain letter or digit.
fn encode(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form method="post" action="/other"><input type="hidden" name="csrf" value="no"></form>
        <form method="post" action="/here"><input type="hidden" name="csrf" value="a b"><input id="q" name="q" value="">
        <input type="radio" name="r" value="yes" checked><input type="radio" name="r" value="no">
        <input type="checkbox" name="c" value="1"><select name="s"><option value="">-</option><option value="x" selected>
        X</option></select><textarea name="t">O&#39;er</textarea><button name="then" value="stop">Stop</button></form>"#;

    #[test]
    fn a_form_is_sent_as_a_browser_sends_it() {
        let check = |set: &[(&str, &str)], want: Option<&str>| {
            let mut form = Form::of(PAGE, "/here").expect("the form");
            let taken = set.iter().all(|(name, value)| form.set(name, value));
            assert_eq!(taken.then(|| form.body()).as_deref(), want, "{set:?}");
        };
        check(&[], Some("csrf=a%20b&q=&r=yes&s=x&t=O%27er"));
        check(&[("q", "آ"), ("r", "no"), ("c", "1")], Some("csrf=a%20b&q=%D8%A2&r=no&c=1&s=x&t=O%27er"));
        check(&[("then", "stop"), ("s", "")], Some("csrf=a%20b&q=&r=yes&s=&t=O%27er&then=stop"));
        check(&[("r", "perhaps")], None);
        check(&[("absent", "")], None);
        assert!(Form::of(PAGE, "/nowhere").is_none());
    }
}

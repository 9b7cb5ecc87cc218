//! Names for a registry as people bear them: some names common, most rare, in several spellings and two scripts.
//!
//! The demo's few dozen names would make fifty namesakes of father and village in a million; here most people have none.
//! The spellings are those of documents and forms, not of the search's rules.

use crate::demo::Dice;

/// A name in the spellings that people write, the usual one first, the Urdu one last.
type Name = &'static [&'static str];

/// How a name is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// In Latin letters, as usual.
    Latin,
    /// In Latin letters, in any of the spellings.
    OtherSpelling,
    /// In Urdu or Pashto letters.
    Urdu,
}

/// A name put together of single names; it can be written again in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written(Vec<Name>);

impl Written {
    /// The text in a script. Only telling parts when `bare`: companions such as Khan and Bibi are left out.
    pub(super) fn text(&self, script: Script, bare: bool, dice: &mut Dice) -> String {
        let parts = self.parts(bare);
        let one = |name: &Name, dice: &mut Dice| match script {
            Script::Latin => name[0],
            Script::OtherSpelling => dice.pick(&name[..name.len() - 1]),
            Script::Urdu => name[name.len() - 1],
        };
        parts.into_iter().map(|name| one(name, dice)).collect::<Vec<_>>().join(" ")
    }

    /// Its names in their usual spelling.
    pub(super) fn words(&self, bare: bool) -> Vec<&'static str> {
        self.parts(bare).into_iter().map(|name| name[0]).collect()
    }

    fn parts(&self, bare: bool) -> Vec<&Name> {
        let tells = |name: &&Name| !bare || !COMPANIONS.contains(*name);
        let parts: Vec<&Name> = self.0.iter().filter(tells).collect();
        if parts.is_empty() { self.0.iter().collect() } else { parts }
    }
}

/// A man's name.
pub(super) fn man(dice: &mut Dice) -> Written {
    let own = skewed(dice, MEN);
    Written(match dice.between(1, 100) {
        1..=30 => vec![own],
        31..=50 => vec![MUHAMMAD, own],
        51..=80 => vec![own, skewed(dice, MEN)],
        81..=92 => vec![own, KHAN],
        _ => vec![own, skewed(dice, LIGHT)],
    })
}

/// A woman's name.
pub(super) fn woman(dice: &mut Dice) -> Written {
    let own = skewed(dice, WOMEN);
    Written(match dice.between(1, 100) {
        1..=45 => vec![own],
        46..=80 => vec![own, BIBI],
        81..=88 => vec![own, BEGUM],
        _ => vec![own, skewed(dice, LIGHT)],
    })
}

/// A village: a word for a settlement and the name of whoever founded it.
pub(super) fn village(dice: &mut Dice) -> Written {
    let founder = skewed(dice, MEN);
    let kind = *dice.pick(SETTLEMENTS);
    Written(if dice.percent(50) { vec![kind, founder] } else { vec![founder, kind] })
}

/// One of a list, the first ones more often than the last ones: the commonest of a hundred names is borne by two in a
/// hundred.
fn skewed(dice: &mut Dice, list: &[Name]) -> Name {
    let (a, b) = (dice.next() % list.len() as u64, dice.next() % list.len() as u64);
    list[usize::try_from(a.min(b)).unwrap_or(0)]
}

const MUHAMMAD: Name = &["Muhammad", "Mohammad", "Muhammed", "M.", "محمد"];
const KHAN: Name = &["Khan", "خان"];
const BIBI: Name = &["Bibi", "بی بی"];
const BEGUM: Name = &["Begum", "Begam", "بیگم"];
const COMPANIONS: &[Name] = &[MUHAMMAD, KHAN, BIBI, BEGUM];
const LIGHT: &[Name] =
    &[&["Gul", "گل"], &["Jan", "Jaan", "جان"], &["Shah", "شاہ"], &["Zada", "Zadah", "زادہ"], &["Taj", "تاج"]];
const SETTLEMENTS: &[Name] = &[
    &["Garhi", "Ghari", "گڑھی"],
    &["Banda", "Bandah", "بانڈہ"],
    &["Kalay", "Kaley", "Kali", "کلے"],
    &["Kot", "کوٹ"],
    &["Dheri", "Deri", "ڈھیری"],
    &["Khel", "Kheil", "خیل"],
    &["Abad", "Abaad", "آباد"],
    &["Mian", "Miyan", "میاں"],
    &["Shah", "شاہ"],
    &["Bala", "بالا"],
    &["Payan", "Payaan", "پایان"],
    &["Qila", "Killa", "قلعہ"],
];

const MEN: &[Name] = &[
    &["Khan", "خان"],
    &["Rehman", "Rahman", "رحمان"],
    &["Ali", "Aly", "علی"],
    &["Bilal", "Billal", "بلال"],
    &["Noor", "Nur", "Nour", "نور"],
    &["Sher", "Shir", "شیر"],
    &["Zaman", "Zamaan", "زمان"],
    &["Ahmad", "Ahmed", "احمد"],
    &["Hussain", "Hussein", "Husain", "حسین"],
    &["Hassan", "Hasan", "حسن"],
    &["Gul", "Gull", "گل"],
    &["Ibrahim", "Ebrahim", "Ibraheem", "ابراہیم"],
    &["Yousaf", "Yusuf", "Yousuf", "یوسف"],
    &["Umar", "Umer", "Omar", "عمر"],
    &["Usman", "Osman", "عثمان"],
    &["Hamza", "Hamzah", "حمزہ"],
    &["Khalid", "Khaled", "خالد"],
    &["Rashid", "Rasheed", "رشید"],
    &["Aziz", "Azeez", "عزیز"],
    &["Karim", "Kareem", "کریم"],
    &["Rahim", "Raheem", "رحیم"],
    &["Ismail", "Ismaeel", "Ismael", "اسماعیل"],
    &["Imran", "Emran", "عمران"],
    &["Javed", "Jawed", "Javaid", "جاوید"],
    &["Naveed", "Navid", "نوید"],
    &["Shakeel", "Shakil", "شکیل"],
    &["Saeed", "Said", "سعید"],
    &["Akbar", "Akber", "اکبر"],
    &["Anwar", "Anwer", "انور"],
    &["Akhtar", "Akhter", "اختر"],
    &["Iqbal", "Ikbal", "اقبال"],
    &["Nawaz", "Navaz", "نواز"],
    &["Wali", "Walli", "ولی"],
    &["Jamal", "Jamaal", "جمال"],
    &["Jamil", "Jameel", "جمیل"],
    &["Fazal", "Fazl", "Fazil", "فضل"],
    &["Wahid", "Waheed", "وحید"],
    &["Sardar", "Serdar", "سردار"],
    &["Bakht", "بخت"],
    &["Zar", "زر"],
    &["Mir", "Meer", "میر"],
    &["Nasir", "Nasar", "ناصر"],
    &["Tahir", "Taher", "طاہر"],
    &["Zahir", "Zaheer", "ظہیر"],
    &["Shahid", "Shaheed", "شاہد"],
    &["Sajid", "Sajed", "ساجد"],
    &["Majid", "Majeed", "مجید"],
    &["Hamid", "Hameed", "حمید"],
    &["Rafiq", "Rafique", "رفیق"],
    &["Shafiq", "Shafique", "شفیق"],
    &["Sadiq", "Sadique", "صادق"],
    &["Farooq", "Faruq", "Farouq", "فاروق"],
    &["Ishaq", "Ishak", "اسحاق"],
    &["Ilyas", "Elyas", "Ilyaas", "الیاس"],
    &["Idrees", "Idris", "ادریس"],
    &["Haroon", "Harun", "ہارون"],
    &["Daud", "Dawood", "داؤد"],
    &["Sulaiman", "Suleman", "Solaiman", "سلیمان"],
    &["Musa", "Moosa", "موسیٰ"],
    &["Isa", "Essa", "عیسیٰ"],
    &["Yaqub", "Yaqoob", "Yakoob", "یعقوب"],
    &["Zahid", "Zahed", "زاہد"],
    &["Abid", "Aabid", "عابد"],
    &["Asif", "Aasif", "آصف"],
    &["Arif", "Aarif", "عارف"],
    &["Kashif", "Kaashif", "کاشف"],
    &["Atif", "Aatif", "عاطف"],
    &["Waqas", "Waqaas", "وقاص"],
    &["Adnan", "Adnaan", "عدنان"],
    &["Irfan", "Erfan", "عرفان"],
    &["Kamran", "Kamraan", "کامران"],
    &["Salman", "Salmaan", "سلمان"],
    &["Sohail", "Suhail", "Sohel", "سہیل"],
    &["Tariq", "Tarik", "طارق"],
    &["Mushtaq", "Mushtak", "مشتاق"],
    &["Ashraf", "Ashruf", "اشرف"],
    &["Aslam", "Asalm", "اسلم"],
    &["Akram", "Ikram", "اکرم"],
    &["Afzal", "Afzaal", "افضل"],
    &["Azam", "Azaam", "اعظم"],
    &["Amjad", "Amjid", "امجد"],
    &["Arshad", "Irshad", "ارشد"],
    &["Asad", "Assad", "اسد"],
    &["Babar", "Baber", "بابر"],
    &["Dilawar", "Delawar", "دلاور"],
    &["Faisal", "Faysal", "فیصل"],
    &["Ghulam", "Gulam", "غلام"],
    &["Hidayat", "Hedayat", "ہدایت"],
    &["Inayat", "Enayat", "عنایت"],
    &["Jahangir", "Jehangir", "جہانگیر"],
    &["Khurshid", "Khursheed", "خورشید"],
    &["Liaqat", "Liaquat", "لیاقت"],
    &["Mansoor", "Mansur", "منصور"],
    &["Mukhtar", "Mukhtiar", "مختار"],
    &["Nadeem", "Nadim", "ندیم"],
    &["Nazir", "Nazeer", "نذیر"],
    &["Niaz", "Niyaz", "نیاز"],
    &["Qasim", "Kasim", "قاسم"],
    &["Riaz", "Riyaz", "ریاض"],
    &["Sabir", "Saber", "صابر"],
    &["Safdar", "Safder", "صفدر"],
    &["Sarwar", "Server", "سرور"],
    &["Shams", "شمس"],
    &["Sikandar", "Sikander", "سکندر"],
    &["Tahmas", "طہماس"],
    &["Waris", "Wares", "وارث"],
    &["Yasir", "Yaser", "یاسر"],
    &["Younas", "Yunus", "Younis", "یونس"],
    &["Zubair", "Zubayr", "Zobair", "زبیر"],
    &["Ziarat", "Zyarat", "زیارت"],
    &["Khushal", "Khoshal", "خوشحال"],
    &["Pervez", "Parvez", "Pervaiz", "پرویز"],
    &["Mehboob", "Mahboob", "محبوب"],
    &["Maqsood", "Maqsud", "مقصود"],
    &["Zulfiqar", "Zulfikar", "ذوالفقار"],
    &["Habib", "Habeeb", "حبیب"],
    &["Latif", "Lateef", "لطیف"],
    &["Sharif", "Shareef", "شریف"],
    &["Munir", "Muneer", "منیر"],
    &["Bashir", "Basheer", "بشیر"],
];

const WOMEN: &[Name] = &[
    &["Fatima", "Fatimah", "Fatma", "فاطمہ"],
    &["Amina", "Aamina", "Ameena", "آمنہ"],
    &["Zainab", "Zaynab", "Zenab", "زینب"],
    &["Ayesha", "Aisha", "Aysha", "عائشہ"],
    &["Khadija", "Khadeeja", "خدیجہ"],
    &["Maryam", "Mariam", "Maryum", "مریم"],
    &["Hajra", "Hajira", "ہاجرہ"],
    &["Rabia", "Rabiya", "رابعہ"],
    &["Salma", "Selma", "سلمیٰ"],
    &["Shazia", "Shaziya", "شازیہ"],
    &["Nasreen", "Nasrin", "نسرین"],
    &["Parveen", "Perveen", "Parvin", "پروین"],
    &["Yasmin", "Yasmeen", "یاسمین"],
    &["Shamim", "Shameem", "شمیم"],
    &["Rukhsana", "Ruksana", "رخسانہ"],
    &["Robina", "Rubina", "روبینہ"],
    &["Sajida", "Sajeda", "ساجدہ"],
    &["Khalida", "Khaleda", "خالدہ"],
    &["Zakia", "Zakiya", "ذکیہ"],
    &["Naheed", "Nahid", "ناہید"],
    &["Nargis", "Nergis", "نرگس"],
    &["Palwasha", "Palosha", "پلوشہ"],
    &["Gulalai", "Gullalai", "گلالئی"],
    &["Spogmai", "Spogmay", "سپوگمئی"],
    &["Brekhna", "Brikhna", "بریخنا"],
    &["Shabana", "Shabaana", "شبانہ"],
    &["Farzana", "Ferzana", "فرزانہ"],
    &["Rehana", "Rihana", "ریحانہ"],
    &["Saima", "Sayma", "صائمہ"],
    &["Samina", "Sameena", "ثمینہ"],
    &["Tahira", "Tahera", "طاہرہ"],
    &["Zahida", "Zaheda", "زاہدہ"],
    &["Abida", "Aabida", "عابدہ"],
    &["Shahida", "Shaheda", "شاہدہ"],
    &["Nazia", "Naziya", "نازیہ"],
    &["Fouzia", "Fauzia", "Fozia", "فوزیہ"],
    &["Bushra", "Boshra", "بشریٰ"],
    &["Asma", "Asmaa", "اسماء"],
    &["Hafsa", "Hafza", "حفصہ"],
    &["Sumaira", "Sumera", "سمیرا"],
    &["Kausar", "Kosar", "Kauser", "کوثر"],
    &["Mumtaz", "Momtaz", "ممتاز"],
    &["Nusrat", "Nasrat", "نصرت"],
    &["Razia", "Raziya", "رضیہ"],
    &["Safia", "Safiya", "صفیہ"],
    &["Sakina", "Sakeena", "سکینہ"],
    &["Shagufta", "Shugufta", "شگفتہ"],
    &["Tasleem", "Taslim", "تسلیم"],
    &["Uzma", "Ozma", "عظمیٰ"],
    &["Wazira", "Wazeera", "وزیرہ"],
    &["Zubaida", "Zubeda", "Zobaida", "زبیدہ"],
    &["Zarghona", "Zarghuna", "زرغونہ"],
    &["Zarmina", "Zarmeena", "زرمینہ"],
    &["Mahnoor", "Mehnoor", "ماہ نور"],
    &["Iqra", "Iqraa", "اقراء"],
    &["Hina", "Heena", "حنا"],
    &["Sana", "Sanaa", "ثناء"],
    &["Laila", "Leila", "لیلیٰ"],
    &["Nadia", "Nadiya", "نادیہ"],
    &["Sidra", "Sidrah", "سدرہ"],
    &["Farida", "Fareeda", "فریدہ"],
    &["Jamila", "Jameela", "جمیلہ"],
    &["Rashida", "Rasheeda", "رشیدہ"],
    &["Saeeda", "Saida", "سعیدہ"],
    &["Shakila", "Shakeela", "شکیلہ"],
    &["Bakht Zari", "بخت زری"],
    &["Gul Bibi", "گل بی بی"],
    &["Husna", "Hosna", "حسنہ"],
    &["Kalsoom", "Kulsoom", "Kulsum", "کلثوم"],
    &["Mehreen", "Mahreen", "مہرین"],
    &["Noreen", "Naureen", "نورین"],
    &["Rahila", "Raheela", "راحیلہ"],
    &["Sadaf", "Sadef", "صدف"],
    &["Tabassum", "Tabasum", "تبسم"],
    &["Zeenat", "Zinat", "زینت"],
];

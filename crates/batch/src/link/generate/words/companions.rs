//! What stands beside a given name: companions, titles, the tribe.

/// What stands in front of many men's names.
pub(in super::super) const MUHAMMAD: &str = "Muhammad,Mohammad,Muhammed,Mohd,M,Mohammed;محمد";
/// Companions behind a man's name.
pub(in super::super) const MEN_AFTER: &[&str] = &[
    "Khan,Khaan;خان",
    "Khan,Khan;خان",
    "Khan,Khan;خان",
    "Shah,Shah;شاہ",
    "Gul,Gull;گل",
    "Jan,Jaan;جان",
    "Ullah,Ulla;اللہ",
    "Ahmad,Ahmed;احمد",
    "Ahmad,Ahmed;احمد",
    "Hussain,Husain;حسین",
    "Ali,Aly;علی",
    "Din,Deen;دین",
    "Rehman,Rahman;رحمان",
    "Zada,Zaada;زادہ",
    "Badshah,Bacha;بادشاہ",
];
/// Companions in front of a man's name.
pub(in super::super) const MEN_BEFORE: &[&str] = &[
    "Gul,Gull;گل",
    "Noor,Nur;نور",
    "Syed,Sayed,Sayyed;سید",
    "Haji,Haaji;حاجی",
    "Malik,Malak;ملک",
    "Abdul,Abdal;عبدال",
    "Fazal,Fazl;فضل",
    "Ghulam,Gulam;غلام",
    "Said,Sayd;سید",
    "Mian,Miyan;میاں",
];
/// Companions behind a woman's name.
pub(in super::super) const WOMEN_AFTER: &[&str] = &[
    "Bibi,Bibi,Beebi;بی بی",
    "Bibi,Bibi;بی بی",
    "Bibi,BiBi;بی بی",
    "Begum,Begam;بیگم",
    "Begum,Begum;بیگم",
    "Khatoon,Khatun;خاتون",
    "Jan,Jaan;جان",
    "Naz,Naaz;ناز",
    "Gul,Gull;گل",
    "Parveen,Perveen;پروین",
    "Akhtar,Akhter;اختر",
    "Bano,Banu;بانو",
];
/// Companions in front of a woman's name.
pub(in super::super) const WOMEN_BEFORE: &[&str] =
    &["Bibi,Bibi;بی بی", "Gul,Gull;گل", "Noor,Nur;نور", "Syeda,Sayeda;سیدہ", "Mst,Musammat;مسماۃ", "Zar,Zer;زر"];

/// Tribes and castes that stand behind names.
pub(in super::super) const TRIBES: &[&str] = &[
    "Khattak,Khatak;خٹک",
    "Yousafzai,Yusufzai,Yousufzai;یوسفزئی",
    "Afridi,Afreedi;آفریدی",
    "Wazir,Wazeer;وزیر",
    "Mehsud,Mahsud,Masood;محسود",
    "Bangash,Bungash;بنگش",
    "Orakzai,Aurakzai;اورکزئی",
    "Marwat,Merwat;مروت",
    "Shinwari,Shinwary;شنواری",
    "Mohmand,Momand;مہمند",
    "Durrani,Durani;درانی",
    "Swati,Sawati;سواتی",
    "Utmankhel,Utman Khel;اتمان خیل",
    "Tanoli,Tanooli;تنولی",
    "Turi,Toori;طوری",
    "Gandapur,Gandapoor;گنڈاپور",
    "Awan,Aawan;اعوان",
    "Gujjar,Gujar;گجر",
    "Jadoon,Jadun;جدون",
    "Tarin,Tareen;ترین",
    "Kakar,Kakarr;کاکڑ",
    "Baloch,Baluch;بلوچ",
    "Qureshi,Quraishi,Koreshi;قریشی",
    "Abbasi,Abasi;عباسی",
    "Satti,Sati;ستی",
    "Tirmizi,Tarmizi;ترمذی",
    "Miankhel,Mian Khel;میاں خیل",
    "Babar,Baber;بابر",
];

//! How a person gets onto a list: spelled, mistyped, half known. Rates in permille.

use super::Row;
use super::random::Random;
use super::words;
use super::world::{Name, Person, World};

/// How often each thing goes wrong on one list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    /// A whole record in Urdu script.
    pub(super) urdu: usize,
    /// A word in another than the usual spelling.
    pub(super) respelled: usize,
    /// A wrong letter in a name or place.
    pub(super) mistyped: usize,
    /// A companion word (Khan, Bibi, the tribe) left out.
    pub(super) dropped: usize,
    /// Khan or Bibi put behind a single name.
    pub(super) added: usize,
    /// The words of a name in another order.
    pub(super) swapped: usize,
    /// The name in the father's field and the other way round.
    pub(super) crossed: usize,
    /// A married woman under her husband's name.
    pub(super) husband: usize,
    /// Father or husband missing.
    pub(super) no_father: usize,
    /// Born on 1 January, for those over 35.
    pub(super) heaped: usize,
    /// Only the year, often guessed.
    pub(super) age_only: usize,
    /// Birth unknown.
    pub(super) no_birth: usize,
    /// A digit of the date wrong, or day and month changed over.
    pub(super) date_slip: usize,
    /// Number not given.
    pub(super) no_number: usize,
    /// A digit of the number wrong.
    pub(super) number_slip: usize,
    /// A number made up to satisfy a form.
    pub(super) placeholder: usize,
    /// The number of somebody else in the house.
    pub(super) lent: usize,
    /// Phone not given.
    pub(super) no_phone: usize,
    /// Another phone than before.
    pub(super) new_phone: usize,
    /// The shopkeeper's phone.
    pub(super) shop_phone: usize,
    /// Another village than before.
    pub(super) moved: usize,
    /// Village missing.
    pub(super) no_village: usize,
    /// Sex missing or wrong.
    pub(super) sex: usize,
    /// The first word of a name as its first letter.
    pub(super) initial: usize,
    /// A name of several own words written with one of them.
    pub(super) shortened: usize,
    /// The year of birth rounded to five or ten.
    pub(super) rounded: usize,
    /// A digit of the phone wrong, or two changed over.
    pub(super) phone_slip: usize,
}

/// One written record of a person. `others` are people of the same house.
pub(super) fn write(random: &mut Random, world: &World, person: &Person, others: &[Person], habits: &Habits) -> Row {
    let urdu = random.chance(habits.urdu);
    let mut pen = Pen { random, habits, urdu };
    let married = person.husband.as_ref().filter(|_| pen.random.chance(habits.husband));
    let mut name = pen.name(&person.name, person.female);
    let mut father = pen.name(married.unwrap_or(&person.father), false);
    if pen.random.chance(habits.no_father) {
        father.clear();
    } else if pen.random.chance(habits.crossed) {
        std::mem::swap(&mut name, &mut father);
    }
    let place = pen.place(world, person);
    Row {
        name,
        father_or_husband: father,
        sex: pen.sex(person.female),
        birth: pen.birth(person),
        cnic: pen.number(person, others),
        phone: pen.phone(person),
        village: place[0].clone(),
        tehsil: place[1].clone(),
        district: place[2].clone(),
    }
}

fn below(random: &mut Random, end: usize) -> u32 {
    u32::try_from(random.below(end)).unwrap_or(0)
}

struct Pen<'r> {
    random: &'r mut Random,
    habits: &'r Habits,
    urdu: bool,
}

impl Pen<'_> {
    fn name(&mut self, name: &Name, female: bool) -> String {
        let mut words: Name = name.clone();
        let lists = [words::MEN_AFTER, words::MEN_BEFORE, words::WOMEN_AFTER, words::WOMEN_BEFORE, words::TRIBES];
        let is_companion = |word: &&str| *word == words::MUHAMMAD || lists.iter().any(|list| list.contains(word));
        let drop = self.habits.dropped;
        let mut kept: Name = vec![];
        for word in &words {
            if words.len() == 1 || !is_companion(word) || !self.random.chance(drop) {
                kept.push(word);
            }
        }
        if !kept.is_empty() {
            words = kept;
        }
        if words.len() == 1 && self.random.chance(self.habits.added) {
            words.push(if female { words::WOMEN_AFTER[0] } else { words::MEN_AFTER[0] });
        }
        if words.len() > 1 && self.random.chance(self.habits.swapped) {
            let last = words.len() - 1;
            words.swap(0, last);
        }
        if words.len() > 1 && self.rarely(self.habits.shortened) {
            let kept = self.random.below(words.len());
            words = vec![words[kept]];
        }
        let written = self.words(&words);
        match written.split_once(' ') {
            Some((first, rest)) if self.rarely(self.habits.initial) => {
                format!("{}. {rest}", first.chars().take(1).collect::<String>())
            }
            _ => written,
        }
    }

    /// As a chance, but a habit that nobody has draws no number: lists of earlier versions stay as they were.
    fn rarely(&mut self, permille: usize) -> bool {
        permille > 0 && self.random.chance(permille)
    }

    fn words(&mut self, words: &[&'static str]) -> String {
        let spelled: Vec<String> = words.iter().map(|word| self.word(word)).collect();
        let joint = if words.len() > 1 && self.random.chance(15) { "" } else { " " };
        spelled.join(joint)
    }

    fn word(&mut self, entry: &'static str) -> String {
        let (latin, script) = entry.split_once(';').unwrap_or((entry, entry));
        if self.urdu {
            return self.letters(script.to_owned());
        }
        let spellings: Vec<&str> = latin.split(',').collect();
        let other = spellings.len() > 1 && self.random.chance(self.habits.respelled);
        let at = if other { 1 + self.random.below(spellings.len() - 1) } else { 0 };
        self.letters(spellings[at].to_owned())
    }

    /// A slip of the finger: a letter left out, doubled, changed over or replaced.
    fn letters(&mut self, word: String) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 4 || !self.random.chance(self.habits.mistyped) {
            return word;
        }
        let at = 1 + self.random.below(letters.len() - 2);
        match self.random.below(4) {
            0 => {
                letters.remove(at);
            }
            1 => letters.insert(at, letters[at]),
            2 => letters.swap(at, at + 1),
            _ => {
                let other = self.random.below(letters.len());
                letters[at] = if self.urdu { letters[other] } else { char::from(b'a' + self.random.below(26) as u8) };
            }
        }
        letters.into_iter().collect()
    }

    fn sex(&mut self, female: bool) -> String {
        if self.random.chance(self.habits.sex) {
            return if self.random.chance(700) { String::new() } else { ["F", "M"][usize::from(female)].to_owned() };
        }
        ["M", "F"][usize::from(female)].to_owned()
    }

    fn birth(&mut self, person: &Person) -> String {
        let (mut year, mut month, mut day) = person.born;
        if self.random.chance(self.habits.no_birth) {
            return String::new();
        }
        if self.rarely(self.habits.rounded) {
            let to = *self.random.pick(&[5, 10]);
            return ((year + to / 2) / to * to).to_string();
        }
        if self.random.chance(self.habits.age_only) {
            let guess = [0, 0, 0, 0, 1, -1, 1, -1, 2, -2];
            return (year + self.random.pick(&guess)).to_string();
        }
        if year < 1990 && self.random.chance(self.habits.heaped) {
            (month, day) = (1, 1);
            year += self.random.pick(&[0, 0, 0, 1, -1]);
        }
        if self.random.chance(self.habits.date_slip) {
            match self.random.below(4) {
                0 if day <= 12 => std::mem::swap(&mut day, &mut month),
                1 => year += [1, -1, 10, -10][self.random.below(4)],
                2 => month = 1 + month % 12,
                _ => day = 1 + (day + self.random.below(9) as u32) % 28,
            }
        }
        format!("{year}-{month:02}-{day:02}")
    }

    fn number(&mut self, person: &Person, others: &[Person]) -> String {
        if self.random.chance(self.habits.placeholder) {
            let made_up = ["0000000000000", "1111111111111", "1234512345671", "9999999999999", "11111-1111111-1"];
            return (*self.random.pick(&made_up)).to_owned();
        }
        let lent = self.random.chance(self.habits.lent).then(|| self.random.pick(others).number).flatten();
        let known = person.number.filter(|_| !self.random.chance(self.habits.no_number));
        let Some(number) = lent.or(known) else { return String::new() };
        let mut digits: Vec<u8> = format!("{number:013}").into_bytes();
        if self.random.chance(self.habits.number_slip) {
            let at = self.random.below(12);
            match self.random.below(4) {
                0 => digits.swap(at, at + 1),
                1 if at.is_multiple_of(3) => {
                    digits.remove(at);
                }
                _ => digits[at] = b'0' + (digits[at] - b'0' + 1 + self.random.below(8) as u8) % 10,
            }
        }
        let text = String::from_utf8_lossy(&digits).into_owned();
        match (text.len(), self.urdu && self.random.chance(300), self.random.chance(500)) {
            (13, true, _) => text
                .chars()
                .map(|digit| ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹'][digit as usize - 48])
                .collect(),
            (13, _, true) => format!("{}-{}-{}", &text[..5], &text[5..12], &text[12..]),
            _ => text,
        }
    }

    fn phone(&mut self, person: &Person) -> String {
        if self.random.chance(self.habits.shop_phone) {
            return format!("0{}", 3_450_000_000_u64 + u64::from(person.village) * 7);
        }
        let new = self.random.chance(self.habits.new_phone).then(|| 3_000_000_000 + self.random.next() % 480_000_000);
        let known = person.phone.filter(|_| !self.random.chance(self.habits.no_phone));
        let Some(mut phone) = new.filter(|_| known.is_some()).or(known) else { return String::new() };
        if self.rarely(self.habits.phone_slip) {
            let place = 10_u64.pow(below(self.random, 7));
            let (low, high) = (phone / place % 10, phone / (place * 10) % 10);
            // Two digits changed over; the same two, then the lower one wrong.
            phone = if low == high {
                phone - low * place + (low + 1) % 10 * place
            } else {
                phone - low * place - high * place * 10 + high * place + low * place * 10
            };
        }
        match self.random.below(4) {
            0 => format!("+92{phone}"),
            1 => format!("0{}-{}", phone / 10_000_000, phone % 10_000_000 + 10_000_000).replacen("-1", "-", 1),
            _ => format!("0{phone}"),
        }
    }

    /// Village, tehsil, district.
    fn place(&mut self, world: &World, person: &Person) -> [String; 3] {
        let mut village = &world.villages[person.village as usize];
        if self.random.chance(self.habits.moved) {
            village = self.random.pick(&world.villages);
        }
        let (district, tehsil) = words::TEHSILS[village.tehsil];
        let name = if self.random.chance(self.habits.no_village) { String::new() } else { self.words(&village.name) };
        let tehsil = if self.random.chance(40) { String::new() } else { self.words(&[tehsil]) };
        [name, tehsil, self.words(&[district])]
    }
}

// The invented family of the stories, as a clerk types it in each script, and what no log may hold of it.

const names = (amina, bilal, zainab, hamza, sher, village) => ({ amina, bilal, zainab, hamza, sher, village });
const latin = names('Amina Bibi', 'Bilal', 'Zainab', 'Hamza', 'Sher Zaman', 'Pabbi');
const arabic = names('آمنہ بی بی', 'بلال', 'زینب', 'حمزہ', 'شیر زمان', 'پبی');

/** The family for a story in this language: the head, and the other members in the order they are registered. */
export function family(lang) {
  const name = lang === 'en' ? latin : arabic;
  const born = new Date().getFullYear();
  const child = (given, sex, age) => ({
    given, father: name.sher, sex, birth_year: String(born - age), relationship: 'child', marital_status: 'never_married',
  });
  return {
    name,
    head: {
      given: name.amina, father: name.sher, sex: 'female', birth_day: '2', birth_month: '3', birth_year: String(born - 48),
      marital_status: 'widowed', number_kind: 'cnic', number_check: 'paper_seen',
      // As people read it out: digits in groups of their own, in their own script.
      number: lang === 'en' ? ' 17201 234 5678-2 ' : '۱۷۲۰۱ ۲۳۴۵۶۷۸ ۲',
    },
    place: {
      district: 'nowshera', province_permanent: 'khyber-pakhtunkhwa', union_council: name.village, village: name.village,
      phone: '0300 1234567',
    },
    others: [
      child(name.bilal, 'male', 14),
      child(name.zainab, 'female', 11),
      child(name.hamza, 'male', 6),
      {
        given: name.sher, father: '', sex: 'male', about: '71', relationship: 'parent_in_law', marital_status: 'widowed',
        number_kind: 'cnic', number: '17201-8765432-1', number_check: 'not_yet_verified',
      },
    ],
  };
}

/** What must never stand in a log or an address: the names in both scripts, and the numbers however they are cut. */
export const SECRETS = [
  /Amina/i, /Bilal/i, /Zainab/i, /Hamza/i, /Sher\s*Zaman/i, /آمنہ/, /بلال/, /زینب/, /حمزہ/, /شیر زمان/,
  /17201\D?2345678\D?2/, /2345678/, /17201\D?8765432\D?1/, /8765432/, /1234567/, /Pabbi/i, /پبی/,
];

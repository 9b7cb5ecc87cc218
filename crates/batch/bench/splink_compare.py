"""Splink on the same file, for `cargo xtask bench linkage --splink`. Not part of the product.

It gets what a careful user would give it: numbers as digits, names without companions, Urdu romanised, consonant
skeletons, good blocking rules, term frequencies, EM training; and besides the default threshold the best one, found with
the truth that a user would not have.
"""

import csv
import resource
import sys
from collections import Counter, defaultdict

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on

try:
    from splink import DuckDBAPI
except ImportError:
    from splink.backends.duckdb import DuckDBAPI

COMPANIONS = set(
    "muhammad mohammad muhammed mohd mohammed m khan khaan bibi beebi begum begam jan jaan gul gull shah ullah ulla haji haaji"
    " malik malak mian miyan mst musammat syed sayed sayyed syeda sayeda khatoon khatun bano banu din deen zada".split()
)
ROMAN = dict(
    zip(
        "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھیےئءآۃں",
        "a b p t t s j c h k d d z r r z z s s s z t z a g f k k g l m n w h h y e y a a h n".split(),
    )
)


def plain(text):
    text = "".join(ROMAN.get(letter, letter) for letter in text.lower())
    words = [word for word in text.replace("-", " ").split() if word not in COMPANIONS and word not in ("byby", "kan", "mhmd")]
    return " ".join(words) or text


def skeleton(text):
    text = text.replace("kh", "k").replace("ph", "f").replace("q", "k").replace("v", "w").replace("c", "k").replace("sh", "s").replace("gh", "g").replace("dh", "z")
    out = ""
    for word in text.split():
        bones = word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiouyhw")
        out += "".join(letter for at, letter in enumerate(bones) if at == 0 or bones[at - 1] != letter)
    return out or None


DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def prepared(row):
    digits = lambda text: "".join(letter for letter in text.translate(DIGITS) if letter.isdigit())
    number = digits(row["cnic"])
    if len(set(number)) < 2 or number == "1234512345671":
        number = None
    phone = digits(row["phone"])[-10:] or None
    birth = row["birth"]
    year = int(birth[:4]) if birth else None
    day = birth if len(birth) == 10 and not birth.endswith("-01-01") else None
    name, father, village = plain(row["name"]), plain(row["father_or_husband"]), plain(row["village"])
    return (
        int(row["id"]), name, skeleton(name), father or None, skeleton(father), row["sex"] or None, year, day, number,
        phone, village or None, skeleton(village), skeleton(plain(row["tehsil"])),
    )


COLUMNS = "unique_id name nskel father fskel sex year day cnic phone village vskel tehsil".split()


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def text_comparison(column, skel):
    exact = cll.CustomLevel(f'"{column}_l" = "{column}_r"', label_for_charts="same").configure(tf_adjustment_column=column, tf_minimum_u_value=0.0001)
    bones = cll.CustomLevel(f'"{skel}_l" = "{skel}_r"', label_for_charts="same consonants").configure(tf_adjustment_column=skel, tf_minimum_u_value=0.0001)
    near = [
        cll.CustomLevel(f'jaro_winkler_similarity("{column}_l","{column}_r") >= {at}', label_for_charts=f"jw {at}")
        for at in (0.92, 0.85)
    ]
    null = cll.CustomLevel(f'"{column}_l" IS NULL OR "{column}_r" IS NULL', label_for_charts="null").configure(is_null_level=True)
    return cl.CustomComparison([null, exact, bones, *near, cll.ElseLevel()], output_column_name=column)


def levels(column, null, *conditions):
    first = cll.CustomLevel(null, label_for_charts="null").configure(is_null_level=True)
    rest = [cll.CustomLevel(sql, label_for_charts=str(at)) for at, sql in enumerate(conditions)]
    return cl.CustomComparison([first, *rest, cll.ElseLevel()], output_column_name=column)


def main(path):
    begun = cpu()
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    with open(path, encoding="utf-8") as file:
        rows, truth = [], []
        for row in csv.DictReader(file):
            rows.append(prepared(row))
            truth.append(row["person"])
    import pandas

    frame = pandas.DataFrame(rows, columns=COLUMNS)
    frame["year"] = frame["year"].astype("Int64")
    print(f"prepare          {cpu() - begun:7.2f} CPU s", flush=True)
    begun = cpu()
    rules = [
        block_on("cnic"), block_on("phone", "nskel"), block_on("phone", "year"), block_on("nskel", "fskel", "vskel"),
        block_on("nskel", "vskel", "year"), block_on("nskel", "fskel", "year"), block_on("nskel", "day"),
        block_on("vskel", "day"), block_on("fskel", "day"), block_on("nskel", "vskel", "tehsil"),
        block_on("fskel", "vskel", "year"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            text_comparison("name", "nskel"),
            text_comparison("father", "fskel"),
            text_comparison("village", "vskel"),
            cl.ExactMatch("sex"),
            levels(
                "year", '"year_l" IS NULL OR "year_r" IS NULL', '"day_l" = "day_r"', '"year_l" = "year_r"',
                'abs("year_l" - "year_r") <= 1', 'abs("year_l" - "year_r") <= 2', 'abs("year_l" - "year_r") <= 5',
            ),
            levels(
                "cnic", '"cnic_l" IS NULL OR "cnic_r" IS NULL', '"cnic_l" = "cnic_r"',
                'damerau_levenshtein("cnic_l","cnic_r") <= 1',
            ),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.ExactMatch("tehsil"),
        ],
        blocking_rules_to_generate_predictions=rules,
        additional_columns_to_retain=["day"],
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection=connection)
    frame = api.register(frame) if hasattr(api, "register") else frame
    linker = Linker(frame, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("cnic"), block_on("nskel", "fskel", "day")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (block_on("cnic"), block_on("nskel", "vskel", "year"), block_on("fskel", "day")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    print(f"train            {cpu() - begun:7.2f} CPU s", flush=True)
    begun = cpu()
    found = linker.inference.predict(threshold_match_weight=-10).as_duckdbpyrelation()
    pairs = found.select("match_probability, match_weight, unique_id_l, unique_id_r").fetchall()
    print(f"predict          {cpu() - begun:7.2f} CPU s, {len(pairs)} pairs", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"in all           {cpu():7.2f} CPU s, peak memory {peak} MiB", flush=True)
    report(pairs, truth)


def report(pairs, truth):
    there = sum(count * (count - 1) // 2 for count in Counter(truth).values())
    right = lambda pair: truth[pair[2]] == truth[pair[3]]
    print(f"true pairs {there}; share among the scored pairs {sum(map(right, pairs)) / there:.4f}")
    say = lambda what, good, bad: print(
        f"{what:<22} precision {good / max(good + bad, 1):.4f}  recall {good / there:.4f}  F1 {2 * good / (good + bad + there):.4f}"
    )
    for least in (0.5, 0.95):
        above = [right(pair) for pair in pairs if pair[0] >= least]
        say(f"pairs, p >= {least}", sum(above), len(above) - sum(above))
    pairs.sort(key=lambda pair: -pair[1])
    good = bad = 0
    best = (0, 0, 0, 0)
    for pair in pairs:
        good, bad = good + right(pair), bad + (not right(pair))
        best = max(best, (2 * good / (good + bad + there), good, bad, pair[1]))
    say(f"pairs, best ({best[3]:.1f})", best[1], best[2])
    for what, least in (("groups, p >= 0.5", 0.0), ("groups, best", best[3])):
        good, bad = grouped([pair for pair in pairs if pair[1] >= least], truth)
        say(what, good, bad)


def grouped(pairs, truth):
    """Transitive closure, as Splink's own clustering does."""
    parent = list(range(len(truth)))

    def top(at):
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for _, _, left, right in pairs:
        parent[top(left)] = top(right)
    groups = defaultdict(Counter)
    for at, person in enumerate(truth):
        groups[top(at)][person] += 1
    pairs_of = lambda count: count * (count - 1) // 2
    good = sum(pairs_of(count) for people in groups.values() for count in people.values())
    return good, sum(pairs_of(sum(people.values())) for people in groups.values()) - good


main(sys.argv[1])

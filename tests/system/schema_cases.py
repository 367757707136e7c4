"""Scenarios that the schema and the program should judge alike, and those where only the program can.

Each case is (name, text). COUNTS and WOMEN are sound beginnings that the cases go on from.
"""

COUNTS = """
[arms]
n = { treated = 20, control = 20 }
control_rate = 0.5
odds_ratio = 2
"""

SIZES = "[arms]\ntotal = 40\n"

WOMEN = """
[arms]
total = 40
control_rate = 0.5
treated_rate = 0.7

[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
cuts = [35]

[[covariate]]
name = "race"
distribution = "categorical"
probabilities = [0.5, 0.3, 0.2]
levels = ["A", "B", "C"]

[simulation]
replicates = 1000
"""

GOOD = [
    ("counts", COUNTS),
    ("women", WOMEN),
    ("sizes as a total", SIZES + "control_rate = 0.5\nrisk_ratio = 1.2"),
    ("sizes by dotted keys", "arms.n.treated = 20\narms.n.control = 20\narms.control_rate = 0.5\n"
     "arms.risk_difference = 0.1"),
    ("whole numbers with a fraction of zero", SIZES + "ratio = [2.0, 1]\ncontrol_rate = 0\n"
     "treated_rate = 1.0"),
    ("replicates as a power of ten", COUNTS + "[simulation]\nreplicates = 1e6"),
    ("the largest seed", COUNTS + "[simulation]\nseed = 9223372036854775807"),
    ("a title with letters of any script", COUNTS + "[trial]\ntitle = 'Ärzte “1” 日本 🤰'"),
    ("priors", COUNTS + "[prior]\ncontrol_rate = [47.5, 27.5]\nodds_ratio = [2.3, 0.35]"),
    ("a lower rate is better", COUNTS + "[trial]\ndirection = 'lower-is-better'"),
    ("tests by name", COUNTS + "[analysis]\ntests = ['pearson', 'fisher']"),
    ("a test with an option as a table",
     COUNTS + "[analysis]\ntests = [{ id = 'boschloo', berger-boos = 0.001 }]"),
    ("a test with an option as text", COUNTS + "[analysis]\ntests = ['boschloo[berger-boos=1e-3]']"),
    ("a test with two options", COUNTS + "[analysis]\ntests = ['beta-binomial[prior-a=1,prior-b=1]']"),
    ("blanks around a name", COUNTS + "[analysis]\ntests = [' fisher ']"),
    ("a table without options", COUNTS + "[analysis]\ntests = [{ id = 'fisher' }]"),
    ("intervals by name and by measure",
     COUNTS + "[analysis]\nintervals = ['woolf', 'risk_difference:score']"),
    ("every interval", COUNTS + "[analysis]\nintervals = ['all']"),
    ("pairs", COUNTS + "[analysis]\ntests = ['fisher']\nintervals = ['odds_ratio:woolf']\n"
     "pairs = [['fisher', 'odds_ratio:woolf']]"),
    ("no pairs", COUNTS + "[analysis]\npairs = []"),
    ("a margin", COUNTS + "[analysis]\nnull = { risk_difference = -0.1 }"),
    ("margins of equivalence",
     COUNTS + "[analysis]\nequivalence.odds_ratio = { lower = 0.8, upper = 1.25 }"),
    ("common random numbers switched off", COUNTS + "[simulation]\ncommon_random_numbers = false"),
    ("a swept list", COUNTS + "[sweep]\n'arms.odds_ratio' = [1, 1.5, 2]"),
    ("a swept range", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.3, to = 0.7, step = 0.2 }"),
    ("a range downwards", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.7, to = 0.3, step = -0.2 }"),
    ("a sweep of both arms", COUNTS + "[sweep]\n'arms.n' = [{ treated = 20, control = 20 },"
     " { treated = 30, control = 15 }]"),
    ("a sweep of one arm", COUNTS + "[sweep]\n'arms.n.treated' = [20, 30]"),
    ("a sweep table by table", COUNTS + "[sweep.arms]\nodds_ratio = [1, 2]\nn.treated = [20, 30]"),
    ("a sweep with half a path in quotes", COUNTS + "[sweep.arms]\n'n.treated' = [20, 30]"),
    ("a sweep of a table in quotes", COUNTS + "[sweep]\n'arms.n' = { treated = [20, 30] }"),
    ("swept ratios", SIZES + "control_rate = 0.5\nodds_ratio = 2\n[sweep]\n'arms.ratio' = [[1, 1], [2, 1]]"),
    ("zipped keys", COUNTS + "[[sweep.zip]]\n'arms.control_rate' = [0.5, 0.6]\n'arms.odds_ratio' = [2, 2]"),
    ("an empty sweep", COUNTS + "[sweep]"),
    ("no zips", COUNTS + "[sweep]\nzip = []"),
    ("a swept margin", COUNTS + "[sweep]\n'analysis.null.risk_difference' = [-0.15, -0.1]"),
    ("a correlation", WOMEN.replace("'", '"') + """
[[covariate]]
name = "il33"
distribution = "log-normal"
mean_log = 0
sd_log = 1
[[correlation]]
between = ["age", "il33"]
value = 0.4
"""),
    ("eligibility", WOMEN + "[eligibility]\nall = ['age >= 30']\nany = ['race = B', 'age < 40']"),
    ("centres", WOMEN + "[centres]\nnumber = 2\nshares = [0.5, 0.5]\nsd = 0.1"),
    ("blocks within strata",
     WOMEN + "[allocation]\nscheme = 'stratified-block'\nstrata = ['age', 'race']\nblock_sizes = [4, 6]"),
    ("a stage with effects", WOMEN + "[[stage]]\nname = 'birth'\neffects = { age = -0.1, 'race = B' = 0.2 }\n"
     "interactions = { 'age > 35.5' = 0.1 }"),
    ("drop-out by arm", WOMEN + "[dropout]\ntreated = { rate = 0.1, outcome_odds_ratio = 2 }\n"
     "control.rate = 0.1\nhandling = 'worst-case'\neffects.age = 0.1"),
    ("adherence", WOMEN + "[adherence]\ntreated = 0.9\neffects = { 'race = B' = 0.1 }"),
    ("a biomarker", WOMEN + "[[biomarker]]\nname = 'il'\nbaseline = 'age'\ncorrelation = 0.5"),
    ("sets", WOMEN + "[analysis]\nsets = ['age > 35', ['race = B', 'treatment-policy']]"),
    ("adjusted analyses", WOMEN + "[analysis]\nadjust = ['age', 'race = B']\nstrata = ['race']\n"
     "interaction = 'age'\ntests = ['logistic', 'fisher@primary', 'wald']\nintervals = ['logistic']"),
    ("several endpoints", WOMEN + "[analysis]\nadjust = ['age']\ntests = ['logistic', 'firth']\n"
     "multiplicity = { endpoints = ['logistic', 'firth'], procedures = ['holm', 'bonferroni'] }"),
    ("a swept covariate", WOMEN + "[sweep]\n'covariate.age.mean' = [30, 35]"),
    ("a covariate swept table by table", WOMEN + "[sweep.covariate.age]\nmean = [30, 35]"),
    ("a swept scheme", WOMEN + "[sweep]\n'allocation.scheme' = ['complete', 'random-allocation']"),
    ("a swept effect of a feature", WOMEN + "[[stage]]\nname = 'birth'\neffects.age = 0.1\n"
     "[sweep]\n'stage.birth.effects.race = B' = [0, 0.1]"),
    ("time trend and selection", WOMEN + "[time_trend]\nlog_odds = 0.2\n[selection_bias]\nlog_odds = 0.1"),
]

BAD = [
    ("a prior of three numbers", COUNTS + "[prior]\nodds_ratio = [2.3, 0.35, 1]"),
    ("a prior of one number", COUNTS + "[prior]\ncontrol_rate = [47.5]"),
    ("a prior with a shape of 0", COUNTS + "[prior]\ncontrol_rate = [0, 27.5]"),
    ("two priors of the effect",
     COUNTS + "[prior]\nodds_ratio = [2.3, 0.35]\ntreated_rate = [60.5, 15.5]"),
    ("an unknown table", COUNTS + "[design]\nalpha = 0.05"),
    ("an unknown key", COUNTS + "[analysis]\nalpah = 0.05"),
    ("a key at the top", "alpha = 0.05" + COUNTS),
    ("a whole path in quotes", COUNTS + "[simulation]\n[trial]\n['analysis.alpha']\n"),
    ("a key with its table in quotes", "'analysis.alpha' = 0.05" + COUNTS),
    ("half a path in quotes", SIZES.replace("total = 40", "'n.treated' = 20\n'n.control' = 20")
     + "control_rate = 0.5\nodds_ratio = 2"),
    ("effects in quotes", WOMEN + "[[stage]]\nname = 'birth'\n'effects.age' = 0.1"),
    ("a table that is a number", "analysis = 5" + COUNTS),
    ("a number in quotes", SIZES + "control_rate = '0.5'\nodds_ratio = 2"),
    ("a date", SIZES + "control_rate = 2024-01-01\nodds_ratio = 2"),
    ("true in place of a number", SIZES + "control_rate = true\nodds_ratio = 2"),
    ("half a woman", "[arms]\ntotal = 40.5\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("no women", "[arms]\nn = { treated = 0, control = 20 }\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("too many women", "[arms]\ntotal = 200000001\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("a third arm", "[arms]\nn = { treated = 20, control = 20, other = 20 }\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("arms as a list", "[arms]\nn = [20, 20]\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("three shares", SIZES + "ratio = [1, 1, 1]\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("a share of zero", SIZES + "ratio = [2, 0]\ncontrol_rate = 0.5\nodds_ratio = 2"),
    ("a rate above one", SIZES + "control_rate = 63.5\nodds_ratio = 2"),
    ("a rate that is not a number", SIZES + "control_rate = inf\nodds_ratio = 2"),
    ("an odds ratio of zero", SIZES + "control_rate = 0.5\nodds_ratio = 0"),
    ("an infinite odds ratio", SIZES + "control_rate = 0.5\nodds_ratio = inf"),
    ("a difference above one", SIZES + "control_rate = 0.5\nrisk_difference = 1.5"),
    ("two ways to give the sizes", COUNTS + "total = 40"),
    ("sizes and a ratio", COUNTS + "ratio = [1, 1]"),
    ("two ways to give the effect", COUNTS + "risk_ratio = 1.2"),
    ("two nulls", COUNTS + "[analysis]\nnull = { odds_ratio = 0.8, risk_ratio = 0.8 }"),
    ("a null and equivalence", COUNTS + "[analysis]\nnull.odds_ratio = 0.8\n"
     "equivalence.odds_ratio = { lower = 0.8, upper = 1.25 }"),
    ("alpha of one", COUNTS + "[analysis]\nalpha = 1"),
    ("three sides", COUNTS + "[analysis]\nsides = 3"),
    ("a margin at the edge", COUNTS + "[analysis]\nnull.risk_difference = -1"),
    ("a direction that is none", COUNTS + "[trial]\ndirection = 'up'"),
    ("a title of two lines", COUNTS + '[trial]\ntitle = "two\\nlines"'),
    ("a long title", COUNTS + f"[trial]\ntitle = '{'x' * 1001}'"),
    ("a title that is a number", COUNTS + "[trial]\ntitle = 5"),
    ("a mistyped test", COUNTS + "[analysis]\ntests = ['boschlo']"),
    ("tests as text", COUNTS + "[analysis]\ntests = 'fisher'"),
    ("no tests", COUNTS + "[analysis]\ntests = []"),
    ("a test twice", COUNTS + "[analysis]\ntests = ['fisher', 'fisher']"),
    ("an unknown option", COUNTS + "[analysis]\ntests = [{ id = 'boschloo', gamma = 0.001 }]"),
    ("an option of another test", COUNTS + "[analysis]\ntests = [{ id = 'fisher', berger-boos = 0.001 }]"),
    ("an option out of range", COUNTS + "[analysis]\ntests = [{ id = 'boschloo', berger-boos = 0.5 }]"),
    ("an option that is text", COUNTS + "[analysis]\ntests = [{ id = 'boschloo', berger-boos = 'x' }]"),
    ("an option in brackets of a test without", COUNTS + "[analysis]\ntests = ['fisher[berger-boos=0.1]']"),
    ("brackets without an option", COUNTS + "[analysis]\ntests = ['boschloo[]']"),
    ("an option without a number", COUNTS + "[analysis]\ntests = ['boschloo[berger-boos=few]']"),
    ("a table without an id", COUNTS + "[analysis]\ntests = [{ berger-boos = 0.001 }]"),
    ("an interval on a measure without it", COUNTS + "[analysis]\nintervals = ['risk_difference:woolf']"),
    ("all intervals and one more", COUNTS + "[analysis]\nintervals = ['all', 'woolf']"),
    ("a pair of three", COUNTS + "[analysis]\npairs = [['fisher', 'odds_ratio:woolf', 'x']]"),
    ("a pair of intervals", COUNTS + "[analysis]\npairs = [['odds_ratio:woolf', 'odds_ratio:woolf']]"),
    ("no replicates", COUNTS + "[simulation]\nreplicates = 0"),
    ("a negative seed", COUNTS + "[simulation]\nseed = -1"),
    ("a seed beyond what doubles count", COUNTS + "[simulation]\nseed = 1e17"),
    ("a truth in quotes", COUNTS + "[simulation]\ncommon_random_numbers = 'yes'"),
    ("a sweep that is a list", "sweep = [1]" + COUNTS),
    ("an unknown swept key", COUNTS + "[sweep]\n'arms.odds' = [1, 2]"),
    ("an empty axis", COUNTS + "[sweep]\n'arms.odds_ratio' = []"),
    ("an axis that is a number", COUNTS + "[sweep]\n'arms.odds_ratio' = 2"),
    ("a value twice in an axis", COUNTS + "[sweep]\n'arms.odds_ratio' = [1, 2, 1.0]"),
    ("a swept value out of range", COUNTS + "[sweep]\n'arms.control_rate' = [0.5, 1.5]"),
    ("a range without a step", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.3, to = 0.7 }"),
    ("a range with a step of zero", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.3, to = 0.7, step = 0 }"),
    ("a range with a part too many",
     COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.3, to = 0.7, step = 0.2, by = 1 }"),
    ("a range out of range", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.5, to = 1.5, step = 0.5 }"),
    ("a wrong value that the sweep displaces",
     COUNTS.replace("odds_ratio = 2", "odds_ratio = -2") + "[sweep]\n'arms.odds_ratio' = [1, 2]"),
    ("a wrong alternative that the sweep displaces", SIZES.replace("40", "40.5")
     + "control_rate = 0.5\nodds_ratio = 2\n[sweep]\n'arms.n' = [{ treated = 20, control = 20 }]"),
    ("a key that cannot be swept", COUNTS + "[sweep]\n'trial.title' = ['a', 'b']"),
    ("two effects swept", COUNTS + "[sweep]\n'arms.odds_ratio' = [1, 2]\n'arms.risk_ratio' = [1, 2]"),
    ("a sweep of arms with one left out", COUNTS + "[sweep]\n'arms.n' = [{ treated = 20 }]"),
    ("zips that are no list", COUNTS + "[sweep]\nzip = { 'arms.odds_ratio' = [1, 2] }"),
    ("an empty zip", COUNTS + "[[sweep.zip]]"),
    ("a covariate without a name", WOMEN + "[[covariate]]\ndistribution = 'normal'"),
    ("a name that starts with a digit", WOMEN + "[[covariate]]\nname = '1st'\ndistribution = 'normal'\n"
     "mean = 0\nsd = 1"),
    ("covariates as a table", COUNTS + "[covariate]\nname = 'age'"),
    ("no covariates", "covariate = []" + COUNTS),
    ("an unknown distribution", WOMEN.replace('"normal"', '"Gauss"')),
    ("an unknown parameter", WOMEN.replace("sd = 4.5", "sigma = 4.5")),
    ("a standard deviation of zero", WOMEN.replace("sd = 4.5", "sd = 0")),
    ("one probability", WOMEN.replace("[0.5, 0.3, 0.2]", "[0.5]")),
    ("levels with one name", WOMEN.replace('["A", "B", "C"]', '["A", "B", "B"]')),
    ("cuts twice", WOMEN.replace("[35]", "[35, 35]")),
    ("a correlation with itself", WOMEN + "[[correlation]]\nbetween = ['age', 'age']\nvalue = 0.4"),
    ("a correlation of one", WOMEN + "[[correlation]]\nbetween = ['age', 'race']\nvalue = 1"),
    ("a condition without a sign", WOMEN + "[eligibility]\nall = ['age']"),
    ("conditions as text", WOMEN + "[eligibility]\nall = 'age > 30'"),
    ("one centre", WOMEN + "[centres]\nnumber = 1"),
    ("an unknown scheme", WOMEN + "[allocation]\nscheme = 'coin'"),
    ("a block of one", WOMEN + "[allocation]\nscheme = 'permuted-block'\nblock_sizes = [1]"),
    ("a block size twice", WOMEN + "[allocation]\nscheme = 'permuted-block'\nblock_sizes = [4, 4]"),
    ("an effect in quotes", WOMEN + "[[stage]]\nname = 'birth'\neffects = { age = '0.1' }"),
    ("effects as a number", WOMEN + "[[stage]]\nname = 'birth'\neffects = 0.1"),
    ("everybody lost", WOMEN + "[dropout]\ntreated.rate = 1"),
    ("imputed outcomes in the primary set",
     WOMEN + "[dropout]\ntreated.rate = 0.1\nhandling = 'multiple-imputation'"),
    ("an unknown set", WOMEN + "[analysis]\nsets = ['per-protocoll']"),
    ("an empty set", WOMEN + "[analysis]\nsets = [[]]"),
    ("one endpoint", WOMEN + "[analysis]\nadjust = ['age']\ntests = ['logistic']\n"
     "multiplicity = { endpoints = ['logistic'], procedures = ['holm'] }"),
    ("an unknown procedure", WOMEN + "[analysis]\nadjust = ['age']\ntests = ['logistic', 'firth']\n"
     "multiplicity = { endpoints = ['logistic', 'firth'], procedures = ['hochberg'] }"),
    ("a list swept", WOMEN + "[sweep]\n'analysis.adjust' = [['age'], ['race']]"),
    ("a name swept", WOMEN + "[sweep]\n'covariate.age.name' = ['a', 'b']"),
    ("endpoint of a test of the table", WOMEN + "[[biomarker]]\nname = 'il'\n"
     "[analysis]\ntests = ['fisher[il]']"),
]

# (name, text, why a schema cannot say it): the schema accepts, the program refuses.
BEYOND = [
    ("nothing at all", "", "flags may give what a file leaves out"),
    ("no effect", SIZES + "control_rate = 0.5", "flags may give what a file leaves out"),
    ("one arm", "[arms]\nn = { treated = 20 }\ncontrol_rate = 0.5\nodds_ratio = 2",
     "the sweep or flags may give the other arm"),
    ("NaN", SIZES + "control_rate = nan\nodds_ratio = 2", "JSON has no such number"),
    ("odds of a certain event", SIZES + "control_rate = 1\nodds_ratio = 2", "between two keys"),
    ("a rate out of range by its effect", SIZES + "control_rate = 0.9\nrisk_ratio = 1.5", "between two keys"),
    ("a title of too many bytes", COUNTS + f"[trial]\ntitle = '{'ä' * 600}'", "a schema counts characters"),
    ("two sides of a margin", COUNTS + "[analysis]\nsides = 2\nnull.odds_ratio = 0.8", "between two keys"),
    ("a test without the margin", COUNTS + "[analysis]\ntests = ['fisher']\nnull.risk_ratio = 0.8",
     "between two keys"),
    ("a lower margin alone", COUNTS + "[analysis]\nequivalence.odds_ratio.lower = 0.8",
     "the sweep may give the other margin"),
    ("margins upside down", COUNTS + "[analysis]\nequivalence.odds_ratio = { lower = 1.25, upper = 0.8 }",
     "between two keys"),
    ("an option out of range in brackets", COUNTS + "[analysis]\ntests = ['boschloo[berger-boos=0.5]']",
     "a pattern does not count"),
    ("a test twice, spelled differently", COUNTS + "[analysis]\ntests = ['fisher', { id = 'fisher' }]",
     "two spellings of one thing"),
    ("a pair that is not in the lists", COUNTS + "[analysis]\ntests = ['fisher']\n"
     "pairs = [['pearson', 'odds_ratio:woolf']]", "between two keys"),
    ("a method of women for counts", COUNTS + "[analysis]\ntests = ['logistic']", "depends on other tables"),
    ("a key of women for counts", COUNTS + "[analysis]\nadjust = ['age']", "depends on other tables"),
    ("a range that misses its end", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.3, to = 0.7, step = 0.3 }",
     "arithmetic"),
    ("a range that leads away", COUNTS + "[sweep]\n'arms.control_rate' = { from = 0.3, to = 0.7, step = -0.1 }",
     "arithmetic"),
    ("half a woman within a range", COUNTS + "[sweep]\n'arms.n.treated' = { from = 20, to = 30, step = 2.5 }",
     "arithmetic"),
    ("zips of two lengths", COUNTS + "[[sweep.zip]]\n'arms.control_rate' = [0.5, 0.6]\n'arms.odds_ratio' = [2]",
     "between two keys"),
    ("a value twice in a zip of one key", COUNTS + "[[sweep.zip]]\n'arms.odds_ratio' = [2, 2]",
     "zips may repeat values where they have several keys"),
    ("a key swept twice", COUNTS + "[sweep]\n'arms.odds_ratio' = [1, 2]\n[[sweep.zip]]\n'arms.odds_ratio' = [1, 2]",
     "between two tables"),
    ("a swept covariate that is none", WOMEN + "[sweep]\n'covariate.weight.mean' = [50, 60]", "names"),
    ("two covariates of one name", WOMEN + "[[covariate]]\nname = 'age'\ndistribution = 'binary'\n"
     "probability = 0.5", "names"),
    ("a missing parameter", WOMEN.replace("sd = 4.5\n", ""), "depends on the distribution"),
    ("a parameter of another distribution", WOMEN.replace("sd = 4.5", "sd = 4.5\nshape = 2"),
     "depends on the distribution"),
    ("probabilities that do not add up", WOMEN.replace("0.3, 0.2", "0.3, 0.3"), "arithmetic"),
    ("too few levels", WOMEN.replace('["A", "B", "C"]', '["A", "B"]'), "between two keys"),
    ("falling cuts", WOMEN.replace("[35]", "[40, 35]"), "order"),
    ("an effect of no covariate", WOMEN + "[[stage]]\nname = 'birth'\neffects = { weight = 0.1 }", "names"),
    ("a key that the scheme does not use", WOMEN + "[allocation]\nscheme = 'complete'\nlimit = 3",
     "between two keys"),
    ("blocks against the ratio", WOMEN + "[allocation]\nscheme = 'permuted-block'\nblock_sizes = [5]",
     "arithmetic"),
    ("strata without a scheme for them", WOMEN + "[allocation]\nscheme = 'stratified-block'",
     "between two keys"),
    ("handling without drop-out", WOMEN + "[dropout]\nhandling = 'complete-case'", "between two keys"),
    ("a set that is of no use", WOMEN + "[analysis]\nsets = ['per-protocol']", "between two tables"),
    ("endpoints that are not tested", WOMEN + "[analysis]\ntests = ['fisher']\n"
     "multiplicity = { endpoints = ['logistic', 'firth'], procedures = ['holm'] }", "between two keys"),
]

# The expected figures of tests/analysis: run `Rscript figures.R` in this folder; it writes figures.csv.
# R 4.2.2, survey 4.1.1. The tests themselves need no R.
library(survey)
options(survey.lonely.psu = "fail", digits = 17)
answers <- read.csv("answers.csv", stringsAsFactors = FALSE, na.strings = "")
answers$needs[is.na(answers$needs)] <- NA
out <- list()
put <- function(design, figure, group, value, number)
  out[[length(out) + 1]] <<- data.frame(design, figure, group, value, number = as.numeric(number))
level <- 0.95

share <- function(name, design, group, value, flag, intervals = TRUE) {
  design <- update(design, flag = as.numeric(flag[match(design$variables$id, answers$id)]))
  design <- update(design, flag = ifelse(is.na(flag), 0, flag))
  m <- svymean(~flag, design, deff = "replace")
  put(name, "share", group, value, coef(m)); put(name, "share_se", group, value, SE(m)); put(name, "share_deff", group, value, deff(m))
  if (!intervals) return(invisible())
  for (method in c("xlogit", "beta")) {
    ci <- attr(svyciprop(~flag, design, method = method, level = level), "ci")
    put(name, paste0(method, "_low"), group, value, ci[1]); put(name, paste0(method, "_high"), group, value, ci[2])
  }
}
number <- function(name, design, group) {
  design <- update(design, income = ifelse(is.na(income), 0, income))
  m <- svymean(~income, design, deff = "replace"); ci <- confint(m, df = degf(design))
  put(name, "mean", group, "income", coef(m)); put(name, "mean_se", group, "income", SE(m)); put(name, "mean_deff", group, "income", deff(m))
  put(name, "mean_low", group, "income", ci[1]); put(name, "mean_high", group, "income", ci[2])
  t <- svytotal(~income, design); put(name, "total", group, "income", coef(t)); put(name, "total_se", group, "income", SE(t))
  r <- svyratio(~income, ~people, design); put(name, "ratio", group, "income", coef(r)); put(name, "ratio_se", group, "income", SE(r))
  put(name, "df", group, "income", degf(design))
}
quantiles <- function(name, design, group, filled = update(design, income = ifelse(is.na(income), 0, income))) for (p in c(0.25, 0.5, 0.9)) {
  q <- svyquantile(~income, filled, p, qrule = "math", interval.type = "mean")$income
  put(name, "quantile", group, p, q[1]); put(name, "quantile_low", group, p, q[2]); put(name, "quantile_high", group, p, q[3])
  put(name, "quantile_se", group, p, q[4])
}
all_of <- function(name, design, intervals = TRUE) {
  for (group in c("", "female", "male")) {
    part <- if (group == "") design else subset(design, sex == group)
    rated <- subset(part, !is.na(rating))
    for (value in c("good", "middle", "poor", "dont_know")) share(name, rated, group, value, answers$rating == value, intervals)
    asked <- subset(part, !is.na(needs))
    for (value in c("road", "water", "doctor")) share(name, asked, group, value, grepl(value, answers$needs), intervals)
    number(name, subset(part, !is.na(income)), group)
    quantiles(name, subset(part, !is.na(income)), group)
  }
}
simple <- svydesign(id = ~1, weights = ~1, data = answers)
weighted <- svydesign(id = ~1, weights = ~weight, data = answers)
clustered <- svydesign(id = ~village, strata = ~town, weights = ~weight, data = answers)
finite <- svydesign(id = ~village, strata = ~town, weights = ~weight, fpc = ~villages, data = answers)
staged <- svydesign(id = ~village + household, strata = ~town, weights = ~weight, fpc = ~villages + members, data = answers)
all_of("simple", simple); all_of("weighted", weighted); all_of("clustered", clustered); all_of("finite", finite); all_of("staged", staged)

one <- answers$town != "lake" | answers$village == "lake0"
for (option in c("adjust", "average", "certainty")) {
  options(survey.lonely.psu = option)
  lonely <- svydesign(id = ~village, strata = ~town, weights = ~weight, data = answers[one, ])
  number(paste0("lonely_", option), subset(lonely, !is.na(income)), "")
  number(paste0("lonely_", option), subset(lonely, !is.na(income) & sex == "female"), "female")
}
options(survey.lonely.psu = "fail")

sexes <- data.frame(sex = c("female", "male"), Freq = c(3100, 2900))
ages <- data.frame(age = c("middle", "old", "young"), Freq = c(2100, 1700, 2200))
post <- postStratify(clustered, ~sex, sexes); all_of("poststratified", post, FALSE)
raked <- rake(clustered, list(~sex, ~age), list(sexes, ages), control = list(maxit = 200, epsilon = 1e-10)); all_of("raked", raked, FALSE)
for (id in c("uuid:0", "uuid:10", "uuid:100")) { at <- which(answers$id == id)
  put("poststratified", "weight", "", id, weights(post)[at]); put("raked", "weight", "", id, weights(raked)[at]) }
for (strict in c(FALSE, TRUE)) { trimmed <- trimWeights(clustered, lower = 8, upper = 22, strict = strict)
  for (at in c(1, 11, 101, 150)) put(paste0("trimmed_", strict), "weight", "", answers$id[at], weights(trimmed)[at]) }
put("weighted", "kish", "", "", nrow(answers) * sum(answers$weight^2) / sum(answers$weight)^2)

for (name in c("simple", "clustered", "finite")) {
  rated <- subset(get(name), !is.na(rating)); test <- svychisq(~rating + sex, rated, statistic = "F")
  put(name, "chisq", "", "F", test$statistic); put(name, "chisq", "", "ndf", test$parameter[1])
  put(name, "chisq", "", "ddf", test$parameter[2]); put(name, "chisq", "", "p", test$p.value)
}
for (pair in list(c(3, 17, 20, 60), c(0, 12, 9, 30), c(14, 6, 40, 80))) {
  put("simple", "fisher", paste(pair, collapse = " "), "p", fisher.test(matrix(pair, 2))$p.value)
  w <- prop.test(pair[1], pair[1] + pair[2], correct = FALSE)$conf.int
  put("simple", "wilson_low", paste(pair, collapse = " "), "", w[1]); put("simple", "wilson_high", paste(pair, collapse = " "), "", w[2])
}
p <- c(0.001, 0.04, 0.03, 0.2, 0.011, 0.5)
for (at in seq_along(p)) { put("", "holm", "", at, p.adjust(p, "holm")[at]); put("", "BH", "", at, p.adjust(p, "BH")[at]) }
written <- do.call(rbind, out); written$number <- format(written$number, digits = 17, trim = TRUE)
write.csv(written, "figures.csv", row.names = FALSE, quote = FALSE)

# The expected figures of small areas, reliability, replicate weights, rank tests, appraisal scores and presentation standards:
# run `Rscript models.R` in this folder; it writes models.csv. R 4.2.2, survey 4.1.1, psy 1.2. The formulas of packages sae and irr,
# which Debian does not have, are written out. The tests themselves need no R.
library(survey); library(psy)
options(survey.lonely.psu = "fail", digits = 17)
answers <- read.csv("answers.csv", stringsAsFactors = FALSE, na.strings = "")
out <- list()
put <- function(figure, group, value, number)
  out[[length(out) + 1]] <<- data.frame(figure, group, value, number = as.numeric(number))

# Fay-Herriot, REML, errors of Prasad and Rao (sae::mseFH); the restricted likelihood is maximised directly, to the last digits
fay_herriot <- function(name, places, y, psi, X) {
  loglik <- function(A) { V <- A + psi; XVX <- t(X) %*% (X / V); b <- solve(XVX, t(X) %*% (y / V))
    -0.5 * (sum(log(V)) + determinant(XVX)$modulus + sum((y - X %*% b)^2 / V)) }
  score <- function(A) { V <- A + psi; P <- diag(1 / V) - (X / V) %*% solve(t(X) %*% (X / V), t(X / V)); -0.5 * sum(diag(P)) + 0.5 * sum((P %*% y)^2) }
  A <- if (score(0) <= 0) 0 else uniroot(score, c(0, 100 * var(y)), tol = 1e-15)$root
  stopifnot(loglik(A) >= loglik(A * 1.01 + 1e-9) - 1e-12)
  V <- A + psi; Q <- solve(t(X) %*% (X / V)); b <- Q %*% t(X) %*% (y / V); B <- psi / V
  eblup <- as.vector(X %*% b + (1 - B) * (y - X %*% b))
  mse <- psi * (1 - B) + B^2 * rowSums((X %*% Q) * X) + 2 * B^2 * (2 / sum(1 / V^2)) / V
  put("fh_variance", name, "", A)
  for (i in seq_along(places)) { put("fh_direct", name, places[i], y[i]); put("fh_modelled", name, places[i], eblup[i]); put("fh_error", name, places[i], sqrt(mse[i])) }
}
simple <- svydesign(id = ~1, weights = ~1, data = answers)
weighted <- svydesign(id = ~1, weights = ~weight, data = answers)
clustered <- svydesign(id = ~village, strata = ~town, weights = ~weight, data = answers)
for (name in c("simple", "weighted")) {
  given <- subset(get(name), !is.na(income)); by <- svyby(~income, ~village, given, svymean)
  fay_herriot(paste0(name, " income"), by$village, by$income, by$se^2, cbind(rep(1, nrow(by))))
  size <- tapply(answers$people, answers$village, mean)[by$village]
  fay_herriot(paste0(name, " income size"), by$village, by$income, by$se^2, cbind(1, as.vector(size)))
  rated <- update(subset(get(name), !is.na(rating) & rating != "dont_know"), good = as.numeric(rating == "good"))
  by <- svyby(~good, ~village, rated, svymean); by <- by[by$se > 0, ]
  fay_herriot(paste0(name, " good"), by$village, by$good, by$se^2, cbind(rep(1, nrow(by))))
}

# Reliability: psy; Krippendorff's alpha as irr::kripp.alpha (nominal), by the coincidence matrix; ICC(1) by anova
steps <- c(poor = 1, middle = 2, good = 3)
rating <- steps[answers$rating]
items <- data.frame(rating, people = answers$people, income = answers$income / 1000, weight = answers$weight)
put("cronbach", "", "", cronbach(items)$alpha)
second <- ifelse(seq_along(rating) %% 5 == 0, c(NA, "good", "poor")[seq_along(rating) %% 3 + 1], answers$rating)
put("kappa", "", "", ckappa(data.frame(answers$rating, second))$kappa)
third <- ifelse(seq_along(rating) %% 7 == 0, "middle", second)
krippendorff <- function(codings) {
  values <- sort(unique(na.omit(as.vector(codings)))); o <- matrix(0, length(values), length(values), dimnames = list(values, values))
  for (i in seq_len(nrow(codings))) { given <- na.omit(codings[i, ]); m <- length(given)
    if (m > 1) for (a in seq_len(m)) for (b in seq_len(m)) if (a != b) o[given[a], given[b]] <- o[given[a], given[b]] + 1 / (m - 1) }
  n <- rowSums(o); 1 - (sum(n) - 1) * (sum(o) - sum(diag(o))) / (sum(n)^2 - sum(n^2))
}
put("krippendorff", "two", "", krippendorff(cbind(answers$rating, second)))
put("krippendorff", "three", "", krippendorff(cbind(answers$rating, second, third)))
ms <- anova(lm(income ~ factor(village), answers))[["Mean Sq"]]; n <- table(answers$village[!is.na(answers$income)])
n0 <- (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1)
icc <- (ms[1] - ms[2]) / (ms[1] + (n0 - 1) * ms[2])
put("icc", "", "", icc); put("icc_size", "", "", n0); put("icc_deff", "", "", 1 + (n0 - 1) * icc)

# Replicate weights: the sampling weight times a factor of each village, kept in replicates.csv
villages <- sort(unique(answers$village)); town <- answers$town[match(villages, answers$village)]; half <- as.numeric(sub(".*[a-z]", "", villages)) %% 2
jkn <- sapply(villages, function(out) { n <- sum(town == town[villages == out]); ifelse(villages == out, 0, ifelse(town == town[villages == out], n / (n - 1), 1)) })
pair <- matrix(c(1, 1, 1, -1), 2); hadamard <- kronecker(pair, kronecker(pair, pair))
sign <- hadamard[, match(town, unique(town)) + 1]; taken <- sign == matrix(ifelse(half == 1, 1, -1), nrow(sign), length(half), byrow = TRUE)
factors <- list(JKn = jkn, BRR = t(ifelse(taken, 2, 0)), Fay = t(ifelse(taken, 1.7, 0.3)))
of <- function(name) factors[[name]][match(answers$village, villages), ] * answers$weight
given <- function(columns, ...) suppressWarnings(svrepdesign(weights = ~weight, repweights = of(columns), data = answers, combined.weights = TRUE, ...))
per_town <- table(town)[town]
designs <- list(JKn = given("JKn", type = "JKn", rscales = as.vector((per_town - 1) / per_town)), JK1 = given("JKn", type = "JK1"),
  BRR = given("BRR", type = "BRR"), Fay = given("Fay", type = "Fay", rho = 0.3), bootstrap = given("Fay", type = "bootstrap"), other = given("BRR", type = "other", scale = 0.25, rscales = seq(0.5, 1.2, 0.1)))
for (name in names(designs)) {
  design <- designs[[name]]
  for (group in c("", "female", "two-villages")) { # of the two villages some BRR replicates have no row; svrVar leaves those out
    part <- switch(group, female = subset(design, sex == "female"), "two-villages" = subset(design, village %in% c("lake0", "north0")), design)
    given <- subset(part, !is.na(income)); key <- paste(name, group)
    m <- svymean(~income, given, deff = "replace"); put("mean", key, "", coef(m)); put("mean_se", key, "", SE(m)); put("mean_deff", key, "", deff(m))
    t <- svytotal(~income, given); put("total", key, "", coef(t)); put("total_se", key, "", SE(t))
    r <- svyratio(~income, ~people, given); put("ratio", key, "", coef(r)); put("ratio_se", key, "", SE(r)); put("df", key, "", degf(given))
    rated <- update(subset(part, !is.na(rating)), good = as.numeric(rating == "good"))
    for (method in c("xlogit", "beta")) { ci <- attr(svyciprop(~good, rated, method = method), "ci"); put(paste0(method, "_low"), key, "", ci[1]); put(paste0(method, "_high"), key, "", ci[2]) }
  }
}

# Rank tests, and the score of several ratings
for (name in c("simple", "weighted", "clustered")) {
  rated <- update(subset(get(name), !is.na(rating) & rating != "dont_know"), step = unname(steps[rating]))
  two <- svyranktest(step ~ sex, rated); put("rank_F", name, "sex", two$statistic^2); put("rank_df", name, "sex", two$parameter); put("rank_p", name, "sex", two$p.value)
  more <- svyranktest(step ~ age, rated); put("rank_F", name, "age", more$parameter / more$statistic); put("rank_df", name, "age", more$ddf); put("rank_p", name, "age", more$p.value)
  design <- update(get(name), one = ifelse(is.na(steps[rating]), 0, 50 * (steps[rating] - 1)), has = as.numeric(!is.na(steps[rating])),
    other = ifelse(is.na(steps[second]), 0, 50 * (steps[second] - 1)), more = as.numeric(!is.na(steps[second])))
  score <- svycontrast(svytotal(~one + has + other + more, design), quote(0.4 * one / has + 0.6 * other / more))
  put("score", name, "", coef(score)); put("score_se", name, "", SE(score))
}

# The presentation standards of NCHS for proportions, by Korn and Graubard's interval
for (step in c("good", "middle", "poor", "dont_know")) for (years in unique(answers$age)) for (name in c("simple", "clustered")) {
  part <- subset(get(name), age == years & !is.na(answers$rating)); part <- update(part, flag = as.numeric(rating == step))
  p <- svyciprop(~flag, part, method = "beta"); ci <- attr(p, "ci"); width <- ci[2] - ci[1]; m <- svymean(~flag, part, deff = "replace")
  n <- nrow(part); unfit <- n < 30 || n / max(1, deff(m)) < 30 || width >= 0.3 || (width > 0.05 && width / coef(p) > 1.3)
  put("fitness", paste(name, years), step, if (unfit) 0 else if (degf(part) < 8) 1 else 2)
}
written <- do.call(rbind, out); written$number <- format(written$number, digits = 17, trim = TRUE)
write.csv(written, "models.csv", row.names = FALSE, quote = FALSE)
columns <- do.call(cbind, lapply(names(factors), function(name) { one <- factors[[name]]; colnames(one) <- paste0(name, seq_len(ncol(one))); one }))
write.csv(cbind(village = villages, as.data.frame(format(columns, digits = 17, trim = TRUE))), "replicates.csv", row.names = FALSE, quote = FALSE)

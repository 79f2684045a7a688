# Satisfaction and ranks: writes ratings.csv from answers.csv. Needs package survey.
suppressMessages(library(survey)); options(survey.lonely.psu = "adjust", digits = 17)
answers <- read.csv("answers.csv", na.strings = "", stringsAsFactors = FALSE); out <- list()
put <- function(figure, group, value, number) out[[length(out) + 1]] <<- data.frame(figure, group, value, number = as.numeric(number))
steps <- c(poor = 1, middle = 2, good = 3)
simple <- svydesign(id = ~1, weights = ~rep(1, nrow(answers)), data = answers)
weighted <- svydesign(id = ~1, weights = ~weight, data = answers)
clustered <- svydesign(id = ~village, strata = ~town, weights = ~weight, data = answers)
designs <- list(simple = simple, weighted = weighted, clustered = clustered)

# Best, worst, net and mean of a rating, with intervals of Student's t; by sex
for (name in names(designs)) for (who in c("", "female", "male")) {
  part <- subset(designs[[name]], rating %in% names(steps) & (who == "" | sex == who)); key <- trimws(paste(name, who))
  part <- update(part, best = as.numeric(rating == "good"), worst = as.numeric(rating == "poor"),
    net = as.numeric(rating == "good") - as.numeric(rating == "poor"), mean = 50 * (unname(steps[rating]) - 1))
  for (figure in c("best", "worst", "net", "mean")) {
    m <- svymean(as.formula(paste0("~", figure)), part); ci <- confint(m, df = degf(part))
    put(figure, key, "", coef(m)); put(paste0(figure, "_low"), key, "", ci[1]); put(paste0(figure, "_high"), key, "", ci[2])
  }
}

# Ranks of needs: all pairs compared at once, with the Bonferroni bound
for (name in names(designs)) {
  part <- subset(designs[[name]], !is.na(needs)); picked <- strsplit(part$variables$needs, " ", fixed = TRUE)
  known <- setdiff(sort(unique(unlist(picked))), "none"); critical <- qnorm(1 - 0.05 / 2 / choose(length(known), 2))
  flag <- function(need) vapply(picked, function(each) as.numeric(need %in% each), 0)
  for (need in known) {
    above <- 0; below <- 0
    for (other in setdiff(known, need)) {
      d <- svymean(~apart, update(part, apart = flag(other) - flag(need)))
      above <- above + (coef(d) > critical * SE(d)); below <- below + (-coef(d) > critical * SE(d))
    }
    put("rank_low", name, need, 1 + above); put("rank_high", name, need, length(known) - below)
  }
}
written <- do.call(rbind, out); written$number <- format(written$number, digits = 17, trim = TRUE)
write.csv(written, "ratings.csv", row.names = FALSE, quote = FALSE)

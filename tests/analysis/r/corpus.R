# Weighted shares and means of any answers: `Rscript corpus.R answers.csv figures.csv`. answers.csv has weight, stratum and
# columns named by question; text columns are shared out (several answers stand with spaces between them), numbers averaged. Used
# where R and the corpus are at hand.
suppressMessages(library(survey)); options(survey.lonely.psu = "adjust", digits = 17)
paths <- commandArgs(TRUE); answers <- read.csv(paths[1], na.strings = "", check.names = FALSE, stringsAsFactors = FALSE)
design <- svydesign(id = ~1, strata = ~stratum, weights = ~weight, data = answers); out <- list()
put <- function(question, value, figure, error) out[[length(out) + 1]] <<- data.frame(question, value, figure = as.numeric(figure), error = as.numeric(error))
for (question in setdiff(names(answers), c("weight", "stratum"))) {
  column <- answers[[question]]; part <- subset(design, !is.na(column)); given <- column[!is.na(column)]
  if (is.numeric(column)) { part <- update(part, flag = given); m <- svymean(~flag, part); put(question, "", coef(m), SE(m)) }
  else {
    picked <- strsplit(given, " ", fixed = TRUE)
    for (value in unique(unlist(picked))) {
      part <- update(part, flag = vapply(picked, function(each) as.numeric(value %in% each), 0)); m <- svymean(~flag, part)
      put(question, value, coef(m), SE(m))
    }
  }
}
found <- do.call(rbind, out); found$figure <- format(found$figure, digits = 17, trim = TRUE); found$error <- format(found$error, digits = 17, trim = TRUE)
write.csv(found, paths[2], row.names = FALSE)

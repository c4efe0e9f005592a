# Cox regression by survival::coxph with Efron's and Breslow's ties.
# Rscript coxph.R [rows = 1000000] [runs = 3]
suppressPackageStartupMessages(library(survival))
arguments <- as.numeric(commandArgs(trailingOnly = TRUE))
n <- if (length(arguments) >= 1) arguments[1] else 1e6
runs <- if (length(arguments) >= 2) arguments[2] else 3

# Five uniform and five 0/1 covariates, whole weeks 1-260, about 30 per cent censored, as SurvivalBench makes them.
set.seed(260)
x <- cbind(matrix(runif(n * 5) - 0.5, n), matrix(sample(0:1, n * 5, replace = TRUE), n))
slope <- 0.15 * (0:9 - 4)
predictor <- drop(sweep(x, 2, rep(c(0, 0.5), each = 5)) %*% slope)
time <- -90 * log(runif(n)) * exp(-predictor)
censoring <- pmin(260, -245 * log(runif(n)))
event <- as.numeric(time <= censoring)
weeks <- ceiling(pmin(time, censoring))

for (ties in c("efron", "breslow")) {
  seconds <- numeric(runs)
  for (i in seq_len(runs)) {
    gc()
    seconds[i] <- system.time(fit <- coxph(Surv(weeks, event) ~ x, ties = ties))[["elapsed"]]
  }
  cat(sprintf("coxph %s: %s s, median %.2f s (%.0f %% events, log likelihood %.10g)\n", ties, paste(sprintf("%.2f", seconds), collapse = " "), median(seconds), 100 * mean(event), fit$loglik[2]))
}

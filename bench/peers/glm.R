# Logistic regression by glm.
# Rscript glm.R [rows = 500000] [columns = 20] [runs = 3]
arguments <- as.numeric(commandArgs(trailingOnly = TRUE))
n <- if (length(arguments) >= 1) arguments[1] else 5e5
k <- if (length(arguments) >= 2) arguments[2] else 20
runs <- if (length(arguments) >= 3) arguments[3] else 3

# An intercept and uniform columns from -0.5 to 0.5, as GlmBench makes them.
set.seed(20)
x <- cbind(1, matrix(runif(n * (k - 1)) - 0.5, n))
eta <- drop(x %*% (0.2 * ((seq_len(k) - 1) %% 5)))
y <- as.numeric(runif(n) < plogis(eta))

seconds <- numeric(runs)
for (i in seq_len(runs)) {
  gc()
  seconds[i] <- system.time(fit <- glm(y ~ x - 1, family = binomial))[["elapsed"]]
}
cat(sprintf("glm binomial: %s s, median %.2f s (deviance %.10g, %d steps)\n", paste(sprintf("%.2f", seconds), collapse = " "), median(seconds), fit$deviance, fit$iter))

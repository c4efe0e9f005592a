# Linear regression: lm.fit (Householder QR) and normal equations added up in blocks of rows.
# Rscript ols.R [rows = 3700000] [columns = 60] [runs = 3]
arguments <- as.numeric(commandArgs(trailingOnly = TRUE))
n <- if (length(arguments) >= 1) arguments[1] else 3.7e6
k <- if (length(arguments) >= 2) arguments[2] else 60
runs <- if (length(arguments) >= 3) arguments[3] else 3

# An intercept and uniform columns around 1 to 7, as OlsBench makes them.
set.seed(60)
x <- matrix(0, n, k)
y <- numeric(n)
for (j in seq_len(k)) {
  x[, j] <- if (j == 1) 1 else runif(n) + ((j - 1) %% 7)
  y <- y + 0.1 * ((j - 1) %% 5) * x[, j]
}
y <- y + runif(n) - 0.5

timed <- function(name, run) {
  seconds <- numeric(runs)
  for (i in seq_len(runs)) {
    gc()
    seconds[i] <- system.time(result <- run())[["elapsed"]]
  }
  cat(sprintf("%s: %s s, median %.2f s (b2 = %.12g)\n", name, paste(sprintf("%.2f", seconds), collapse = " "), median(seconds), result[2]))
}

timed("lm.fit", function() lm.fit(x, y)$coefficients)
timed("normal equations in blocks", function() {
  block <- 100000
  xx <- matrix(0, k, k)
  xy <- numeric(k)
  for (from in seq(1, n, by = block)) {
    rows <- from:min(n, from + block - 1)
    own <- x[rows, , drop = FALSE]
    xx <- xx + crossprod(own)
    xy <- xy + crossprod(own, y[rows])
  }
  drop(chol2inv(chol(xx)) %*% xy)
})

# Makes groups.json: what R finds for small made-up data. Run in this folder: Rscript groups.R > groups.json
# R 4.2.2 (package stats) and cluster 2.1.4, both from Debian.
library(cluster)
json <- function(v) {
  if (is.list(v)) {
    if (is.null(names(v))) paste0("[", paste(sapply(v, json), collapse = ","), "]")
    else paste0("{", paste(sprintf("\"%s\":%s", names(v), sapply(v, json)), collapse = ",\n"), "}")
  } else if (is.matrix(v)) paste0("[", paste(apply(v, 1, json), collapse = ","), "]")
  else paste0("[", paste(ifelse(is.na(v), "null", sprintf("%.17g", as.numeric(v))), collapse = ","), "]")
}
i <- 1:30
uneven <- cbind(sqrt(i) * cos(i * i), sin(3 * i) + (i %% 3) * 2, log(1 + (i * 37) %% 101))
tied <- cbind((i * 37) %% 4, (i * 53) %% 3, (i * 29) %% 5)[1:20, ]
trees <- function(x, linkages) {
  d <- dist(x)
  names(linkages) <- linkages
  lapply(as.list(linkages), function(l) {
    h <- hclust(d, l)
    cuts <- if (is.unsorted(h$height)) 2 else c(2, 5, 9)
    list(merge = h$merge, height = h$height, order = h$order, cut = lapply(cuts[!is.unsorted(h$height)], function(k) cutree(h, k)))
  })
}
linkages <- c("ward.D2", "ward.D", "average", "complete", "single", "mcquitty", "median", "centroid")
d <- dist(scale(uneven))
medoids <- lapply(2:6, function(k) {
  p <- pam(d, k)
  s <- silhouette(p)
  s <- s[order(as.integer(rownames(s))), ]
  list(k = k, medoids = p$id.med, clustering = p$clustering, objective = p$objective[["swap"]],
       width = s[, "sil_width"], neighbour = s[, "neighbor"], mean = p$silinfo$avg.width, by_cluster = p$silinfo$clus.avg.widths)
})
cat(json(list(uneven = uneven, trees = trees(uneven, linkages), tied = tied, tied_trees = trees(tied, c("single", "complete")), medoids = medoids,
              mahalanobis_1 = sqrt(mahalanobis(uneven, uneven[1, ], cov(uneven))))), "\n")

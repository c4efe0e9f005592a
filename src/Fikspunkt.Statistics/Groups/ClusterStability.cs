using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>How far clusters are found again in other samples of the same units.</summary>
/// <param name="MeanJaccard">Per cluster the mean, over samples, of its likeness to the cluster most like it: above 0.75 stable, below 0.6 not to be trusted.</param>
/// <param name="Dissolved">Per cluster in how many samples the likeness was at most 0.5.</param>
/// <param name="Recovered">Per cluster in how many samples it was at least 0.75.</param>
/// <param name="MeanAdjustedRand">Mean agreement of the whole division with that of the samples, on the units drawn.</param>
public sealed record ClusterStabilityResult(double[] MeanJaccard, int[] Dissolved, int[] Recovered, double MeanAdjustedRand);

/// <summary>Stability of clusters by the bootstrap.</summary>
/// <remarks>
/// n units are drawn with replacement, those drawn are divided anew (each once, however often it was drawn), and each cluster C of the
/// original division is compared with the clusters D of the new one, among the units drawn: max over D of |C and D| / |C or D|; 0 if none
/// of C was drawn. Hennig, Computational Statistics and Data Analysis 52 (2007) 258-271; the scheme of <c>clusterboot</c> in the R
/// package fpc. The same seed gives the same result with any number of threads.
/// </remarks>
public static class ClusterStability
{
    private const double DissolvedAt = 0.5;
    private const double RecoveredAt = 0.75;

    /// <summary>Measures the stability of what a rule finds.</summary>
    /// <param name="units">How many units there are.</param>
    /// <param name="divide">The rule: given rows (from 0, ascending), the cluster 0, 1, ... of each of them, each used. Called from several threads.</param>
    /// <param name="samples">How many samples, at least 1.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="threads">Threads to use; 0 = one per processor.</param>
    /// <remarks>The rule must give a division of any number of distinct units; asked for more clusters than units, it should give fewer.</remarks>
    public static ClusterStabilityResult Bootstrap(int units, Func<int[], int[]> divide, int samples, long seed, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var original = divide([.. Enumerable.Range(0, units)]);
        var count = Check.Groups(original, units);
        var random = new CounterRandom(seed);
        var (likeness, agreement) = (new double[samples][], new double[samples]);
        Threading.For(samples, threads, sample =>
        {
            var rows = Draw(random, sample, units);
            var found = divide(rows);
            var own = Array.ConvertAll(rows, row => original[row]);
            likeness[sample] = Jaccard(own, count, found, Check.Groups(found, rows.Length));
            agreement[sample] = Partitions.AdjustedRand(Partitions.ByFirstAppearance(own), found);
        });
        var means = new double[count];
        for (var cluster = 0; cluster < count; cluster++)
        {
            means[cluster] = CompensatedSum.Of(Array.ConvertAll(likeness, of => of[cluster])) / samples;
        }

        return new ClusterStabilityResult(
            means,
            [.. Enumerable.Range(0, count).Select(cluster => likeness.Count(of => of[cluster] <= DissolvedAt))],
            [.. Enumerable.Range(0, count).Select(cluster => likeness.Count(of => of[cluster] >= RecoveredAt))],
            CompensatedSum.Of(agreement) / samples);
    }

    /// <summary>The distinct units among n draws with replacement, ascending.</summary>
    private static int[] Draw(CounterRandom random, int sample, int units)
    {
        var drawn = new bool[units];
        for (var draw = 0; draw < units; draw++)
        {
            drawn[(int)(random.Uniforms(sample, draw).First * units)] = true;
        }

        return [.. Enumerable.Range(0, units).Where(unit => drawn[unit])];
    }

    private static double[] Jaccard(int[] own, int ownCount, int[] found, int foundCount)
    {
        var (both, ofOwn, ofFound) = (new int[ownCount, foundCount], new int[ownCount], new int[foundCount]);
        for (var i = 0; i < own.Length; i++)
        {
            both[own[i], found[i]]++;
            ofOwn[own[i]]++;
            ofFound[found[i]]++;
        }

        var most = new double[ownCount];
        for (var c = 0; c < ownCount; c++)
        {
            for (var d = 0; d < foundCount; d++)
            {
                most[c] = Math.Max(most[c], (double)both[c, d] / (ofOwn[c] + ofFound[d] - both[c, d]));
            }
        }

        return most;
    }
}

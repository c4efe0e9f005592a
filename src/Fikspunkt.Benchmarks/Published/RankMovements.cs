using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>How far ranks move between two releases, and how far noise alone would move them.</summary>
/// <remarks>
/// Simulation: a municipality's two differences are its centre -+ half a change. The centres are the observed ones, spread out
/// or drawn in by one factor so that the simulated lists spread as much as the published ones; the changes are drawn normal,
/// with the variance of the noise and nothing else. Thus nothing but noise moves.
/// </remarks>
internal static class RankMovements
{
    private static readonly int[] ShiftClasses = [0, 5, 10, 20, 40];

    /// <summary>Number of classes in <see cref="RankMovement.Shifts"/>.</summary>
    public static int ClassCount => ShiftClasses.Length + 1;

    /// <summary>The variance of one municipality's change between the two releases if only this noise moves it.</summary>
    public static double ChangeVariance(MovementNoise noise, PublishedNoise chance, MovementVariance movement, ReleasePair pair, (PublishedCell From, PublishedCell To) cells)
    {
        var binomial = cells.From.BinomialVariance + cells.To.BinomialVariance;
        var rounding = cells.From.RoundingVariance + cells.To.RoundingVariance;
        var months = MovementVariance.Months(pair.From.Period, pair.To.Period);
        return rounding + noise switch
        {
            MovementNoise.Chance => (1 - pair.Overlap()) * chance.Overdispersion * binomial,
            MovementNoise.RenewedChance => movement.Scale(months) * movement.SizeFactor * binomial,
            _ => movement.Scale(months) * ((2 * movement.Common) + (movement.SizeFactor * binomial)),
        };
    }

    /// <summary>The class of an absolute shift.</summary>
    public static int ShiftClass(int shift)
    {
        var index = Array.FindIndex(ShiftClasses, bound => shift <= bound);
        return index < 0 ? ShiftClasses.Length : index;
    }

    /// <summary>Describes the movement and simulates what each noise alone gives.</summary>
    /// <param name="pair">Two releases.</param>
    /// <param name="by">What is ranked.</param>
    /// <param name="noises">What to let move.</param>
    /// <param name="variance">Variance of a municipality's change under each noise.</param>
    /// <param name="replications">Replications.</param>
    /// <param name="seed">Seed; each noise draws the same stream, so that they differ by their variances only.</param>
    public static RankMovement Describe(
        ReleasePair pair,
        RankBy by,
        IReadOnlyList<MovementNoise> noises,
        Func<MovementNoise, (PublishedCell From, PublishedCell To), double> variance,
        int replications,
        int seed)
    {
        var from = pair.Cells.Select(cells => cells.From.Difference * cells.From.RankScale(by)).ToArray();
        var to = pair.Cells.Select(cells => cells.To.Difference * cells.To.RankScale(by)).ToArray();
        var shifts = Shifts(RankOf.Smallest(from, RankOrder.Lowest), RankOf.Smallest(to, RankOrder.Lowest));
        var ordered = shifts.ToArray();
        var observed = shifts.Average();
        var published = pair.Cells.All(cells => cells.From.PublishedRank is not null && cells.To.PublishedRank is not null)
            ? pair.Cells.Average(cells => Math.Abs(cells.From.PublishedRank!.Value - cells.To.PublishedRank!.Value))
            : double.NaN;
        var centres = Centres(from, to);
        var normals = Normals(seed, replications, centres.Length);
        var simulated = noises.Select(noise =>
        {
            var deviations = pair.Cells.Select(cells =>
                Math.Sqrt(variance(noise, cells)) * (cells.From.RankScale(by) + cells.To.RankScale(by)) / 2).ToArray();
            return Simulate(noise, Spread(centres, from, to, deviations), deviations, normals, observed);
        }).ToList();
        return new RankMovement(
            pair.From.Outcome.Id,
            pair.From.Period,
            pair.To.Period,
            pair.Overlap(),
            pair.Cells.Count,
            observed,
            Quantiles.Type7InPlace(ordered, 0.5),
            Quantiles.Type7InPlace(ordered, 0.9),
            (int)shifts.Max(),
            published,
            Descriptives.Correlation(from, to),
            Classes(shifts),
            simulated);
    }

    private static double[][] Normals(int seed, int replications, int count)
    {
        var random = new CounterRandom(seed);
        var normals = new double[replications][];
        for (var replication = 0; replication < replications; replication++)
        {
            random.Normals(replication, normals[replication] = new double[count]);
        }

        return normals;
    }

    private static NoiseShift Simulate(MovementNoise noise, double[] centres, double[] deviations, double[][] normals, double observed)
    {
        var means = new double[normals.Length];
        var classes = new double[ClassCount];
        int[] classOf = [.. Enumerable.Range(0, centres.Length).Select(ShiftClass)];
        var first = new double[centres.Length];
        var second = new double[centres.Length];
        for (var replication = 0; replication < normals.Length; replication++)
        {
            for (var i = 0; i < centres.Length; i++)
            {
                var half = deviations[i] * normals[replication][i] / 2;
                first[i] = centres[i] - half;
                second[i] = centres[i] + half;
            }

            var (before, after) = (RankOf.Smallest(first, RankOrder.Lowest), RankOf.Smallest(second, RankOrder.Lowest));
            var sum = 0;
            for (var i = 0; i < before.Length; i++)
            {
                var shift = Math.Abs(before[i] - after[i]);
                sum += shift;
                classes[classOf[shift]] += 1.0 / normals.Length;
            }

            means[replication] = (double)sum / before.Length;
        }

        var mean = means.Average();
        return new NoiseShift(noise, mean, Quantiles.Type7InPlace(means, 0.025), Quantiles.Type7InPlace(means, 0.975), observed > 0 ? mean / observed : double.NaN, classes);
    }

    private static double[] Centres(double[] from, double[] to) => from.Zip(to, (a, b) => (a + b) / 2).ToArray();

    /// <summary>The centres around their mean, times the factor with which centre ∓ half a change spreads as the two lists do on average.</summary>
    private static double[] Spread(double[] centres, double[] from, double[] to, double[] deviations)
    {
        var wanted = ((Descriptives.Variance(from) + Descriptives.Variance(to)) / 2) - (deviations.Average(s => s * s) / 4);
        var have = Descriptives.Variance(centres);
        var factor = have > 0 ? Math.Sqrt(Math.Max(0, wanted) / have) : 0;
        var mean = centres.Average();
        return centres.Select(centre => mean + (factor * (centre - mean))).ToArray();
    }

    private static double[] Shifts(int[] from, int[] to) => from.Zip(to, (a, b) => (double)Math.Abs(a - b)).ToArray();

    private static int[] Classes(double[] shifts)
    {
        var classes = new int[ClassCount];
        foreach (var shift in shifts)
        {
            classes[ShiftClass((int)shift)]++;
        }

        return classes;
    }
}

/// <summary>Small descriptive statistics.</summary>
internal static class Descriptives
{
    /// <summary>Sample variance (n - 1).</summary>
    public static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    /// <summary>Sample covariance (n - 1).</summary>
    public static double Covariance(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / (x.Count - 1);
    }

    /// <summary>Pearson's correlation; NaN when one of the two does not vary.</summary>
    public static double Correlation(IReadOnlyList<double> x, IReadOnlyList<double> y) => Covariance(x, y) / Math.Sqrt(Variance(x) * Variance(y));
}

using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>How events at the same time are handled.</summary>
public enum TiesMethod
{
    /// <summary>Efron: close to the exact likelihood also with many ties. The usual choice.</summary>
    Efron,

    /// <summary>Breslow: coefficients drawn towards 0 with many ties.</summary>
    Breslow,
}

/// <summary>How a proportional hazards model is fitted.</summary>
/// <param name="Ties">How events at the same time are handled.</param>
/// <param name="Threads">Threads to use; 0 = one per processor. The result is the same to the last bit.</param>
public sealed record CoxOptions(TiesMethod Ties = TiesMethod.Efron, int Threads = 0);

/// <summary>Cox's proportional hazards model: hazard of stratum s at time t = h_s(t) exp(x'b), h_s left open.</summary>
/// <remarks>
/// Maximises the partial likelihood by Newton's method on columns centred and divided by their standard deviation. A full step that
/// lowers the likelihood is replaced by log(1 + d)/d of it, d the range of the change of x'b, which always raises it
/// (|third derivative| &lt;= d times the second along the step; Sun and Tran-Dinh, Mathematical Programming 178 (2019) 145-213).
/// It ends one full step after a step below 1e-5 standard deviations, so that the error is of the order 1e-10 squared.
/// Cox, JRSS B 34 (1972) 187-220; Efron, JASA 72 (1977) 557-565; Breslow, Biometrics 30 (1974) 89-99.
/// Left truncation, covariates that change with time and causes: see <see cref="Spells"/> (events of every cause count; use
/// <see cref="Spells.OnlyCause"/> for one). Weights as in R's survival package: with Efron's ties they are not the same as repeated spells.
/// No intercept: it is in h_s. A design without columns gives the null model. Missing values are not allowed. Deterministic.
/// </remarks>
public static class CoxRegression
{
    /// <summary>Fits the model.</summary>
    /// <param name="spells">Spells.</param>
    /// <param name="x">Covariates, one row per spell.</param>
    /// <param name="strata">The stratum of each spell: 0, 1, ..., each used; empty = one stratum.</param>
    /// <param name="options">Options; <see langword="null"/> = Efron's ties, all processors.</param>
    /// <exception cref="InvalidValueException">NaN or infinite covariates.</exception>
    /// <exception cref="NoEventsException">No event has a weight above 0.</exception>
    /// <exception cref="RankDeficientException">Covariates depend on each other within the risk sets. A set of one is a column that is
    /// constant within each of them.</exception>
    /// <exception cref="MonotoneLikelihoodException">A combination of covariates orders the events perfectly.</exception>
    public static CoxFit Fit(Spells spells, RowMatrix x, ReadOnlySpan<int> strata = default, CoxOptions? options = null)
    {
        Check.SameLength(spells.Count, x.Rows, nameof(x));
        var strataCount = strata.IsEmpty ? 1 : Check.Groups(strata, spells.Count);
        var problem = CoxProblem.Build(spells, x, strata.ToArray(), strataCount, options ?? new CoxOptions());
        return new CoxFit(problem, CoxNewton.Run(problem, new double[x.Columns]));
    }

    /// <summary>Expected events of each spell from the model fitted to the other groups: baseline and coefficients know nothing of its own.</summary>
    /// <param name="spells">Spells.</param>
    /// <param name="x">Covariates, one row per spell.</param>
    /// <param name="groups">The group of each spell: 0, 1, ..., each used.</param>
    /// <param name="strata">The stratum of each spell; empty = one stratum.</param>
    /// <param name="options">Options; <see langword="null"/> = Efron's ties, all processors.</param>
    /// <returns>Per spell (not times its weight); NaN where its stratum has no events in the other groups. After the others'
    /// last event the cumulative hazard stays where it is.</returns>
    /// <exception cref="StatisticsException">As <see cref="Fit"/>, for the fit to all or to the other groups.</exception>
    public static double[] LeaveGroupOut(Spells spells, RowMatrix x, ReadOnlySpan<int> groups, ReadOnlySpan<int> strata = default, CoxOptions? options = null)
    {
        Check.SameLength(spells.Count, x.Rows, nameof(x));
        var count = Check.Groups(groups, spells.Count);
        var strataCount = strata.IsEmpty ? 1 : Check.Groups(strata, spells.Count);
        var (ownStrata, expected, weights) = (strata.ToArray(), new double[spells.Count], new double[spells.Count]);
        options ??= new CoxOptions();
        var all = CoxProblem.Build(spells, x, ownStrata, strataCount, options);
        var start = CoxNewton.Run(all, new double[x.Columns]).Standardised;
        for (var group = 0; group < count; group++)
        {
            for (var row = 0; row < weights.Length; row++)
            {
                weights[row] = groups[row] == group ? 0 : spells.Weight(row);
            }

            var others = CoxProblem.Build(spells.WithWeights((double[])weights.Clone()), x, ownStrata, strataCount, options, all.Centre, all.Scale);
            var fit = new CoxFit(others, CoxNewton.Run(others, (double[])start.Clone()));
            var own = fit.ExpectedFromBaseline;
            for (var row = 0; row < weights.Length; row++)
            {
                if (groups[row] == group)
                {
                    expected[row] = own[row];
                }
            }
        }

        return expected;
    }
}

/// <summary>The data of a fit in the form in which it is computed.</summary>
internal sealed record CoxProblem(
    Spells Spells, RowMatrix X, int[] Strata, CoxRiskSets Sets, CoxLikelihood Likelihood, DesignBlocks Design, double[] Centre, double[] Scale, CoxOptions Options)
{
    public static CoxProblem Build(
        Spells spells, RowMatrix x, int[] strata, int strataCount, CoxOptions options, double[]? centre = null, double[]? scale = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        if (centre is null || scale is null)
        {
            (centre, scale) = DesignBlocks.CentreAndScale(x, parallel);
        }

        if (Array.IndexOf(scale, 0.0) is var constant and >= 0 && x.Rows > 0)
        {
            throw new RankDeficientException(x.Columns - 1, x.Columns, [[constant]]);
        }

        var sets = CoxRiskSets.Build(spells, strata, strataCount);
        var design = new DesignBlocks(x, sets.Original, centre, scale, parallel);
        var likelihood = new CoxLikelihood(sets, design, parallel, options.Ties == TiesMethod.Efron);
        return new CoxProblem(spells, x, strata, sets, likelihood, design, centre, scale, options);
    }
}

/// <summary>Where Newton's method ended.</summary>
/// <param name="Standardised">Coefficients of the standardised columns.</param>
/// <param name="Factor">Cholesky factor of the information about them.</param>
/// <param name="Start">Log likelihood at the start.</param>
/// <param name="ScoreStatistic">Slope' information^-1 slope at the start.</param>
/// <param name="Iterations">Steps taken.</param>
internal sealed record CoxMaximum(double[] Standardised, double[] Factor, double Start, double ScoreStatistic, int Iterations);

/// <summary>Newton's method on the partial likelihood.</summary>
internal static class CoxNewton
{
    /// <summary>The step after one below this is the last: what is left is of the order of its square, in standard deviations.</summary>
    private const double Settled = 1e-5;

    private const int MostIterations = 50;

    public static CoxMaximum Run(CoxProblem problem, double[] b)
    {
        var (likelihood, k) = (problem.Likelihood, b.Length);
        likelihood.MoveTo(b);
        var (slope, information) = likelihood.Derivatives();
        var start = likelihood.Value;
        if (!Cholesky.TryFactorise(information, k, tolerance: 1e-11))
        {
            throw InformationRank.Exception(likelihood.Derivatives().Information, k);
        }

        var score = 0.0;
        var last = false;
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var step = (double[])slope.Clone();
            Cholesky.Solve(information, k, step);
            if (iteration == 0)
            {
                score = CompensatedSum.OfProducts(slope, step);
            }

            var length = k == 0 ? 0 : step.Max(Math.Abs);
            if (last || k == 0)
            {
                // Moves by the square of the last step: not worth another evaluation.
                return new CoxMaximum(Moved(b, step, 1), information, start, score, iteration);
            }

            last = length < Settled;
            b = Advance(problem, b, step);
            (slope, information) = likelihood.Derivatives();
            if (!Cholesky.TryFactorise(information, k, tolerance: 1e-13))
            {
                throw new MonotoneLikelihoodException(Leading(step, length));
            }

            if (iteration == MostIterations - 1)
            {
                throw length > 1e-2 ? new MonotoneLikelihoodException(Leading(step, length)) : new NotConvergedException(MostIterations, length);
            }
        }

        throw new NotConvergedException(MostIterations, double.NaN);
    }

    private static double[] Advance(CoxProblem problem, double[] b, double[] step)
    {
        var likelihood = problem.Likelihood;
        var before = likelihood.Value;
        var next = Moved(b, step, 1);
        likelihood.MoveTo(next);

        // The tolerance lets rounding pass near the top, where full steps are safe.
        if (likelihood.Value >= before - (1e-10 * Math.Abs(before)))
        {
            return next;
        }

        var range = Range(problem.Design, step);
        next = Moved(b, step, Elementary.Log1P(range) / range);
        likelihood.MoveTo(next);
        return next;
    }

    private static double Range(DesignBlocks design, double[] step)
    {
        var (lowest, highest) = (new double[design.Count], new double[design.Count]);
        design.For(block =>
        {
            var change = new double[block.Count];
            block.AddProduct(step, change);
            (lowest[block.Index], highest[block.Index]) = (change.Min(), change.Max());
        });
        return highest.Max() - lowest.Min();
    }

    private static double[] Moved(double[] b, double[] step, double factor)
    {
        var moved = new double[b.Length];
        for (var j = 0; j < b.Length; j++)
        {
            moved[j] = b[j] + (factor * step[j]);
        }

        return moved;
    }

    private static int[] Leading(double[] step, double length) =>
        [.. Enumerable.Range(0, step.Length).Where(j => Math.Abs(step[j]) > 0.05 * length)];
}

/// <summary>Which columns an information matrix cannot tell apart.</summary>
internal static class InformationRank
{
    /// <summary>Names the dependent columns of a singular information matrix (lower triangle).</summary>
    public static RankDeficientException Exception(double[] information, int k)
    {
        var kept = new List<int>();
        var sets = new List<IReadOnlyList<int>>();
        var largest = Enumerable.Range(0, k).Max(j => information[(j * k) + j]);
        for (var j = 0; j < k; j++)
        {
            var trial = new List<int>(kept) { j };
            var own = information[(j * k) + j];
            if (own > 1e-11 * largest && Factor(information, k, trial) is not null)
            {
                kept.Add(j);
                continue;
            }

            // The combination of columns kept that equals column j: those that matter in units of standard deviations.
            var set = new List<int> { j };
            if (own > 1e-11 * largest && Factor(information, k, kept) is { } factor)
            {
                var b = kept.Select(i => At(information, k, i, j)).ToArray();
                Cholesky.Solve(factor, kept.Count, b);
                set.AddRange(kept.Where((_, a) => Math.Abs(b[a]) > 1e-4));
            }

            set.Sort();
            sets.Add(set);
        }

        return new RankDeficientException(kept.Count, k, sets);
    }

    private static double[]? Factor(double[] information, int k, List<int> columns)
    {
        var sub = new double[columns.Count * columns.Count];
        for (var a = 0; a < columns.Count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                sub[(a * columns.Count) + b] = At(information, k, columns[a], columns[b]);
            }
        }

        return Cholesky.TryFactorise(sub, columns.Count, tolerance: 1e-11) ? sub : null;
    }

    private static double At(double[] information, int k, int i, int j) => information[(Math.Max(i, j) * k) + Math.Min(i, j)];
}

using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>One outcome: its noise and its fits.</summary>
/// <param name="Number">Number of the outcome in the model.</param>
/// <param name="Spec">The outcome.</param>
/// <param name="Noise">Noise from the panel, or <see langword="null"/> where it comes from the cross-section.</param>
/// <param name="NoisePeriods">What that was estimated from; empty without.</param>
/// <param name="Fits">One fit for each selected period, or one for all.</param>
internal sealed record OutcomeModel(
    int Number,
    OutcomeSpec Spec,
    ChanceNoise? Noise,
    IReadOnlyList<NoisePeriod> NoisePeriods,
    IReadOnlyList<ErrorParts> Fits)
{
    /// <summary>A share this far below what one person is worth has no binomial variance to speak of; a linear expectation may even be negative.</summary>
    private const double LeastPersons = 0.5;

    /// <summary>Fits an outcome.</summary>
    /// <exception cref="InputException">The data do not allow it.</exception>
    public static OutcomeModel Fit(
        ModelSpec spec, int number, IReadOnlyList<string> areas, IReadOnlyList<PanelPeriod> selected, IReadOnlyList<PanelPeriod> chain, PanelLog log, SharedFits shared)
    {
        var outcome = spec.Outcomes[number];
        var key = SharedFits.KeyOf(spec, number);

        // The expectations come first: what is wrong with them is a better explanation than what it does to the noise.
        var sets = Sets(spec, selected);
        var expectations = sets.ConvertAll(periods => shared.Once("expectation", key + SharedFits.KeyOf(periods), () => FitExpectation(spec, number, areas, periods)));
        var noisePeriods = new List<NoisePeriod>();
        ChanceNoise? noise = null;
        if (spec.Noise.Model == NoiseModel.Panel)
        {
            noisePeriods.AddRange(chain.Select(period => shared.Once("residuals", key + period.Period, () => Residuals(spec, number, period))).OfType<NoisePeriod>());
            foreach (var lost in chain.Where(period => noisePeriods.TrueForAll(used => used.EndMonth != PeriodSelection.Number(period.Period))))
            {
                log.Note(NoteKeys.NoisePeriodLeftOut, outcome.Id, lost.Period.ToString());
            }

            noise = shared.Once("noise", key + SharedFits.KeyOf(chain), () => PanelNoise.Estimate(noisePeriods, PeriodSelection.MonthsOf(spec.Periods.Kind), spec.Noise.Overdispersion))
                ?? throw new InputException(new InputProblem(Faults.Format(Texts.PanelTooShort, outcome.Name), spec.Id));
            var used = chain.Where(period => noisePeriods.Exists(one => one.EndMonth == PeriodSelection.Number(period.Period))).ToArray();
            log.Note(NoteKeys.NoisePeriods, outcome.Id, used[0].Period.ToString(), used[^1].Period.ToString(), Faults.Number(used.Length));
            log.Note(
                NoteKeys.NoiseFound,
                outcome.Id,
                Faults.Number(noise.Factor),
                Faults.Number(Math.Sqrt(noise.Common) * noisePeriods[^1].Slope.Where(slope => slope > 0).Average()),
                Faults.Number(noise.MonthlyCorrelation));
        }

        return new OutcomeModel(number, outcome, noise, noisePeriods, [.. expectations.Zip(sets, (expectation, periods) =>
            shared.Once("errors", $"{key}{SharedFits.KeyOf(periods)};{SharedFits.KeyOf(chain)}", () => WithNoise(spec, expectation, noise, null)))]);
    }

    /// <summary>Fits one set of periods and works out what its differences are uncertain by.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="number">Number of the outcome.</param>
    /// <param name="areas">Area codes by unit number.</param>
    /// <param name="periods">The periods.</param>
    /// <param name="noise">Noise from the panel; <see langword="null"/> to take it from the cross-section.</param>
    /// <param name="effects">Spread of true differences where it is known already.</param>
    public static ErrorParts FitOne(
        ModelSpec spec, int number, IReadOnlyList<string> areas, IReadOnlyList<PanelPeriod> periods, ChanceNoise? noise, EffectSpread? effects = null) =>
        WithNoise(spec, FitExpectation(spec, number, areas, periods), noise, effects);

    /// <summary>The same outcome with the same noise, its expectation fitted by another rule.</summary>
    /// <exception cref="InputException">The data do not allow the fit.</exception>
    public OutcomeModel Again(ModelSpec spec, IReadOnlyList<string> areas, IReadOnlyList<PanelPeriod> selected) =>
        this with { Fits = [.. Sets(spec, selected).Select(periods => FitOne(spec, Number, areas, periods, Noise))] };

    /// <summary>The periods that are fitted together.</summary>
    private static List<IReadOnlyList<PanelPeriod>> Sets(ModelSpec spec, IReadOnlyList<PanelPeriod> selected) =>
        spec.Estimator.Pooled ? [selected] : [.. selected.Select(period => new[] { period })];

    private static Expectation FitExpectation(ModelSpec spec, int number, IReadOnlyList<string> areas, IReadOnlyList<PanelPeriod> periods)
    {
        var rows = FitRows.Of(spec, periods, number);
        try
        {
            return Expectation.Fit(rows, spec.Estimator);
        }
        catch (StatisticsException fault)
        {
            var when = periods.Count == 1 ? periods[0].Period.ToString() : $"{periods[0].Period}-{periods[^1].Period}";
            throw Faults.Translate(fault, spec, rows.Terms, [.. rows.Unit.Select(unit => areas[unit])], spec.Outcomes[number].Name.ToString(), when);
        }
    }

    private static ErrorParts WithNoise(ModelSpec spec, Expectation expectation, ChanceNoise? noise, EffectSpread? known)
    {
        var rows = expectation.Rows;
        var estimate = EffectVariance.Of(expectation);
        var shares = Array.ConvertAll(Numbers(rows.Count), r => Floor(expectation.Expected[r], rows.Exposure[r]));
        noise ??= new ChanceNoise(
            spec.Noise.Overdispersion ?? estimate.EstimateFactor(UnitMeans(rows, r => shares[r] * (1 - shares[r]) / rows.Exposure[r], (_, _) => 0)),
            0,
            0,
            PeriodSelection.MonthsOf(spec.Periods.Kind),
            rows.Groups.Max() + 1 - rows.X.Columns);

        var correlation = CorrelationOverTime(rows.Periods, noise);
        var slope = Array.ConvertAll(shares, expectation.Slope);
        var (chance, effects) = Spreads();

        // Chance follows the true share, so the best guess at it - the shrunken one - replaces the expected one in a second pass.
        for (var r = 0; r < shares.Length; r++)
        {
            var (shrunken, _) = effects.Shrink(rows.Shares[r] - expectation.Expected[r], chance[r] * chance[r], slope[r]);
            shares[r] = Floor(expectation.Expected[r] + shrunken, rows.Exposure[r]);
        }

        (chance, effects) = Spreads();
        return new ErrorParts(expectation, expectation.Influence(), noise, chance, effects, slope);

        (double[] Chance, EffectSpread Effects) Spreads()
        {
            var sd = Array.ConvertAll(
                Numbers(rows.Count),
                r => Math.Sqrt(noise.Variance(shares[r], expectation.Slope(shares[r]), rows.Exposure[r]) + rows.HiddenVariance[r]));
            return (sd, known ?? estimate.Posterior(UnitMeans(rows, r => sd[r] * sd[r], (r, s) =>
                sd[r] * sd[s] * correlation[rows.Time[r], rows.Time[s]])));
        }
    }

    /// <summary>Residuals of one period for the estimate of noise; <see langword="null"/> where the period cannot be fitted.</summary>
    private static NoisePeriod? Residuals(ModelSpec spec, int number, PanelPeriod period)
    {
        var rows = FitRows.Of(spec, [period], number);
        try
        {
            var fit = Expectation.FitInSample(rows, spec.Estimator);
            var residual = new double[period.Exposure.Length];
            var share = new double[residual.Length];
            var slope = new double[residual.Length];
            Array.Fill(residual, double.NaN);
            for (var r = 0; r < rows.Count; r++)
            {
                var unit = rows.Unit[r];
                residual[unit] = (rows.Shares[r] - fit.InSample[r]) / Math.Sqrt(Math.Max(1 - fit.Leverage[r], 1e-6));
                share[unit] = Floor(fit.InSample[r], rows.Exposure[r]);
                slope[unit] = fit.Slope(share[unit]);
            }

            return new NoisePeriod(PeriodSelection.Number(period.Period), residual, share, slope, period.Exposure);
        }
        catch (StatisticsException)
        {
            return null;
        }
    }

    private static double[,] CorrelationOverTime(IReadOnlyList<Period> periods, ChanceNoise noise)
    {
        var correlation = new double[periods.Count, periods.Count];
        for (var a = 0; a < periods.Count; a++)
        {
            for (var b = 0; b < periods.Count; b++)
            {
                correlation[a, b] = noise.Correlation(Math.Abs(PeriodSelection.MonthsBetween(periods[a], periods[b])));
            }
        }

        return correlation;
    }

    private static double[] UnitMeans(FitRows rows, Func<int, double> variance, Func<int, int, double> covariance)
    {
        var sum = new double[rows.Groups.Max() + 1];
        var count = new int[sum.Length];
        for (var r = 0; r < rows.Count; r++)
        {
            count[rows.Groups[r]]++;
            sum[rows.Groups[r]] += variance(r);
            for (var s = 0; rows.Periods.Count > 1 && s < r; s++)
            {
                sum[rows.Groups[r]] += rows.Groups[s] == rows.Groups[r] ? 2 * covariance(r, s) : 0;
            }
        }

        return [.. sum.Select((value, unit) => value / ((double)count[unit] * count[unit]))];
    }

    private static double Floor(double share, double exposure) => Math.Clamp(share, LeastPersons / exposure, 1 - (LeastPersons / exposure));

    private static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];
}

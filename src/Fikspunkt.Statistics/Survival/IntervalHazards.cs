using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Survival;

/// <summary>A piecewise exponential model: the hazard is exp(a_j + x'b) throughout interval j.</summary>
/// <remarks>
/// Its likelihood is that of a Poisson regression of the events of each part of follow-up with the logarithm of the time at risk as offset.
/// Holford, Biometrics 36 (1980) 299-305; Laird and Olivier, JASA 76 (1981) 231-240. With many intervals b comes close to Cox's. Left
/// truncation, changing covariates and weights as in <see cref="Spells"/>. Missing values are not allowed. Deterministic.
/// </remarks>
public static class PiecewiseExponential
{
    /// <summary>Fits the model.</summary>
    /// <param name="spells">Spells, all of which last beyond time 0.</param>
    /// <param name="x">Covariates, one row per spell, without an intercept: the intervals have theirs.</param>
    /// <param name="cuts">Where intervals end; see <see cref="FollowUp.Split"/>.</param>
    /// <param name="threads">Threads to use; 0 = one per processor.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, or cuts or exits out of range.</exception>
    /// <exception cref="IntervalWithoutEventsException">An interval has no event.</exception>
    /// <exception cref="StatisticsException">Otherwise as <see cref="GeneralizedLinearModel"/>; its rows are parts of follow-up,
    /// its columns the intervals, then the covariates.</exception>
    public static IntervalHazardFit Fit(Spells spells, RowMatrix x, ReadOnlySpan<double> cuts, int threads = 0) =>
        IntervalHazardFit.Make(spells, x, FollowUp.Split(spells, cuts), new GlmOptions(GlmFamily.Poisson, Threads: threads));
}

/// <summary>A discrete-time hazard model: the probability of an event in interval j, given none before, is 1 - exp(-exp(a_j + x'b)).</summary>
/// <remarks>
/// Binomial regression with the complementary log-log link, one row per interval at risk: what proportional hazards give when only the interval
/// of an event is known, so that b is a log hazard ratio. Prentice and Gloeckler, Biometrics 34 (1978) 57-67. A spell that is censored or
/// enters within an interval counts as at risk in all of it: put cuts where entries and censorings happen (for whole weeks: 1, 2, 3, ...).
/// </remarks>
public static class DiscreteHazard
{
    /// <summary>Fits the model; arguments and errors as <see cref="PiecewiseExponential.Fit"/>.</summary>
    public static IntervalHazardFit Fit(Spells spells, RowMatrix x, ReadOnlySpan<double> cuts, int threads = 0) =>
        IntervalHazardFit.Make(spells, x, FollowUp.Split(spells, cuts), new GlmOptions(GlmFamily.Binomial, GlmLink.ComplementaryLogLog, threads));
}

/// <summary>A fitted hazard model with one level per interval.</summary>
public sealed class IntervalHazardFit
{
    private readonly Spells _spells;
    private readonly RowMatrix _x;
    private readonly GlmOptions _options;

    private IntervalHazardFit(Spells spells, RowMatrix x, SplitFollowUp split, GlmOptions options, GlmFit model)
    {
        (_spells, _x, _options, Split, Model) = (spells, x, options, split, model);
        Exposed = options.Family == GlmFamily.Poisson;
    }

    /// <summary>The parts of follow-up.</summary>
    public SplitFollowUp Split { get; }

    /// <summary>The regression on the parts: columns are the intervals' indicators, then the covariates.</summary>
    public GlmFit Model { get; }

    /// <summary>Log hazard of each interval with all covariates 0 (discrete time: of the interval as a whole).</summary>
    public double[] LogHazards => Model.Coefficients[..Split.Intervals];

    /// <summary>b.</summary>
    public double[] Coefficients => Model.Coefficients[Split.Intervals..];

    /// <summary>Covariance of the log hazards and b together.</summary>
    public RowMatrix Covariance => Model.Covariance;

    /// <summary>Expected events of each spell (its weight not included): sum of the fitted values of its parts.</summary>
    public double[] Expected => Split.BySpell(Model.Fitted, _spells.Count);

    /// <summary>Whether the time at risk within intervals counts (piecewise exponential).</summary>
    private bool Exposed { get; }

    /// <summary>The survival log likelihood: sum of w (event log hazard - expected) for the piecewise exponential model, the binomial one in discrete time.</summary>
    public double LogLikelihood()
    {
        if (!Exposed)
        {
            return Model.LogLikelihood();
        }

        var sum = default(CompensatedSum);
        for (var i = 0; i < Split.Event.Length; i++)
        {
            var logHazard = Model.LinearPredictor[i] - Math.Log(Split.Exposure[i]);
            sum.Add(Split.Weights[i] * ((Split.Event[i] * logHazard) - Model.Fitted[i]));
        }

        return sum.Value;
    }

    /// <summary>The same model with an intercept (the log hazard of the first interval), differences to it for the other intervals, then b.</summary>
    public (double[] Coefficients, RowMatrix Covariance) TreatmentCoding()
    {
        var k = Model.Coefficients.Length;
        var coefficients = (double[])Model.Coefficients.Clone();
        var half = new RowMatrix(k, k, (double[])Covariance.Values.Clone());
        for (var j = 1; j < Split.Intervals; j++)
        {
            coefficients[j] -= coefficients[0];
            for (var i = 0; i < k; i++)
            {
                half[j, i] -= half[0, i];
            }
        }

        for (var i = 0; i < k; i++)
        {
            for (var j = 1; j < Split.Intervals; j++)
            {
                half[i, j] -= half[i, 0];
            }
        }

        return (coefficients, half);
    }

    /// <summary>Expected events of each spell from the model fitted to the other groups.</summary>
    /// <param name="groups">The group of each spell: 0, 1, ..., each used.</param>
    /// <exception cref="StatisticsException">As the fit, for the others: above all an interval without events.</exception>
    public double[] LeaveGroupOut(ReadOnlySpan<int> groups)
    {
        var count = Check.Groups(groups, _spells.Count);
        var expected = new double[_spells.Count];
        for (var group = 0; group < count; group++)
        {
            var weights = (double[])Split.Weights.Clone();
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = groups[Split.Row[i]] == group ? 0 : weights[i];
            }

            var others = Make(_spells, _x, Split with { Weights = weights }, _options).Expected;
            for (var row = 0; row < expected.Length; row++)
            {
                expected[row] = groups[row] == group ? others[row] : expected[row];
            }
        }

        return expected;
    }

    internal static IntervalHazardFit Make(Spells spells, RowMatrix x, SplitFollowUp split, GlmOptions options)
    {
        Check.SameLength(spells.Count, x.Rows, nameof(x));
        Check.Finite(x.Values, nameof(x), Math.Max(x.Columns, 1));
        var events = split.ByInterval(split.Event);
        int[] empty = [.. Enumerable.Range(0, split.Intervals).Where(interval => events[interval] == 0)];
        if (empty.Length > 0)
        {
            throw new IntervalWithoutEventsException(empty);
        }

        var k = split.Intervals + x.Columns;
        var design = new RowMatrix(split.Row.Length, k);
        for (var i = 0; i < split.Row.Length; i++)
        {
            var into = design.Row(i);
            into[split.Interval[i]] = 1;
            x.Row(split.Row[i]).CopyTo(into[split.Intervals..]);
        }

        double[] offset = options.Family == GlmFamily.Poisson ? Array.ConvertAll(split.Exposure, Math.Log) : [];
        return new IntervalHazardFit(spells, x, split, options, GeneralizedLinearModel.Fit(design, split.Event, options, split.Weights, offset));
    }
}

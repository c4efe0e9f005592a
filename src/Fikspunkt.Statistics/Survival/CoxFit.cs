using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>A chi-square test.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom.</param>
/// <param name="PValue">P(chi-square above the statistic).</param>
public sealed record ChiSquaredTest(double Statistic, int DegreesOfFreedom, double PValue)
{
    internal static ChiSquaredTest Of(double statistic, int degrees) =>
        new(statistic, degrees, degrees == 0 ? double.NaN : Distributions.ChiSquaredTail(statistic, degrees));
}

/// <summary>The cumulative baseline hazard of one stratum, at its event times, for a spell whose covariates are all 0.</summary>
/// <param name="Time">Distinct event times, ascending.</param>
/// <param name="CumulativeHazard">H_0 at each. Steps: w d/R (Breslow), or w sum over k of 1/(R - (k/d) D) (Efron).</param>
public sealed record BaselineHazard(double[] Time, double[] CumulativeHazard);

/// <summary>Schoenfeld residuals: what each event's covariates differ from their mean among those at risk (Efron: averaged over the tied events).</summary>
/// <param name="Row">The spell of each event, by stratum and time.</param>
/// <param name="Time">Its time.</param>
/// <param name="Residuals">One row per event, one column per covariate. Weighted columns sum to 0.</param>
public sealed record SchoenfeldResiduals(int[] Row, double[] Time, RowMatrix Residuals);

/// <summary>A fitted proportional hazards model. Arrays follow the spells or the columns of the design.</summary>
public sealed class CoxFit
{
    private readonly CoxProblem _problem;
    private readonly double[] _factor;
    private readonly double[] _cumulative;
    private readonly double[] _standardised;
    private readonly Lazy<double[]> _linearPredictor;
    private readonly Lazy<double[]> _expected;
    private readonly Lazy<double[]> _fromBaseline;

    internal CoxFit(CoxProblem problem, CoxMaximum maximum)
    {
        (_problem, _factor, _standardised) = (problem, maximum.Factor, maximum.Standardised);
        var k = problem.X.Columns;
        Coefficients = [.. maximum.Standardised.Zip(problem.Scale, (b, scale) => b / scale)];
        Covariance = new RowMatrix(k, k);
        var unit = new double[k];
        for (var j = 0; j < k; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            Cholesky.Solve(_factor, k, unit);
            for (var i = 0; i <= j; i++)
            {
                Covariance[i, j] = unit[i] / problem.Scale[i] / problem.Scale[j];
                Covariance[j, i] = Covariance[i, j];
            }
        }

        StandardErrors = [.. Enumerable.Range(0, k).Select(j => Math.Sqrt(Covariance[j, j]))];
        (LogLikelihood, NullLogLikelihood, Iterations) = (problem.Likelihood.Value, maximum.Start, maximum.Iterations);
        Events = problem.Sets.DeathCount;
        LikelihoodRatio = ChiSquaredTest.Of(2 * (LogLikelihood - NullLogLikelihood), k);
        Score = ChiSquaredTest.Of(maximum.ScoreStatistic, k);
        Wald = ChiSquaredTest.Of(WaldStatistic(), k);
        _cumulative = problem.Likelihood.Cumulative(null);
        _linearPredictor = new Lazy<double[]>(() => Predictors(problem.X));
        _fromBaseline = new Lazy<double[]>(() => ExpectedEvents(problem.Spells, problem.X, problem.Strata));
        _expected = new Lazy<double[]>(ExpectedAtFit);
    }

    /// <summary>Events with a weight above 0.</summary>
    public int Events { get; }

    /// <summary>b: logarithms of hazard ratios.</summary>
    public double[] Coefficients { get; }

    /// <summary>Inverse of the observed information.</summary>
    public RowMatrix Covariance { get; }

    /// <summary>Roots of the covariance's diagonal.</summary>
    public double[] StandardErrors { get; }

    /// <summary>Log partial likelihood.</summary>
    public double LogLikelihood { get; }

    /// <summary>The same with all coefficients 0.</summary>
    public double NullLogLikelihood { get; }

    /// <summary>2 (log likelihood - null log likelihood).</summary>
    public ChiSquaredTest LikelihoodRatio { get; }

    /// <summary>b' V^-1 b.</summary>
    public ChiSquaredTest Wald { get; }

    /// <summary>The score test at 0. Without ties and with one grouping it is the log-rank test.</summary>
    public ChiSquaredTest Score { get; }

    /// <summary>Newton steps taken.</summary>
    public int Iterations { get; }

    /// <summary>x_i'b, not centred.</summary>
    public double[] LinearPredictor => _linearPredictor.Value;

    /// <summary>Expected events of each spell: its event minus its martingale residual. Times the weights they sum to the weighted events.
    /// With Efron's ties a spell that ends with one of d tied events expects sum of (1 - k/d)/(R - (k/d) D) there instead of the full step.
    /// Spells of weight 0 get <see cref="ExpectedFromBaseline"/>, spells of a stratum without events 0.</summary>
    public double[] Expected => _expected.Value;

    /// <summary>(H_0(exit) - H_0(entry)) exp(x_i'b): the expectation for a spell that is not itself among the tied events.
    /// NaN in a stratum without events.</summary>
    public double[] ExpectedFromBaseline => _fromBaseline.Value;

    /// <summary>Event (1 or 0) minus <see cref="Expected"/>.</summary>
    public double[] MartingaleResiduals => [.. Expected.Select((expected, row) => (_problem.Spells.Cause[row] > 0 ? 1 : 0) - expected)];

    /// <summary>The cumulative baseline hazard of each stratum.</summary>
    public IReadOnlyList<BaselineHazard> Baseline()
    {
        var sets = _problem.Sets;
        var atZero = Math.Exp(-CentrePredictor());
        return
        [
            .. Enumerable.Range(0, sets.StratumStart.Length - 1).Select(stratum =>
            {
                var cells = sets.StratumStart[stratum]..sets.StratumStart[stratum + 1];
                return new BaselineHazard(sets.Time[cells], Array.ConvertAll(_cumulative[cells], hazard => hazard * atZero));
            }),
        ];
    }

    /// <summary>Expected events of any spells under this model, as in <see cref="ExpectedFromBaseline"/>. Weights are not looked at.</summary>
    /// <param name="spells">Spells, which need not have been in the fit.</param>
    /// <param name="x">Their covariates.</param>
    /// <param name="strata">Their strata, numbered as in the fit; empty if it had one.</param>
    /// <returns>NaN for a stratum without events in the fit. After its last event the cumulative hazard stays where it is.</returns>
    /// <exception cref="InvalidValueException">NaN or infinite covariates.</exception>
    public double[] ExpectedEvents(Spells spells, RowMatrix x, ReadOnlySpan<int> strata = default)
    {
        Check.SameLength(spells.Count, x.Rows, nameof(x));
        Check.Finite(x.Values, nameof(x), Math.Max(x.Columns, 1));
        var sets = _problem.Sets;
        if (strata.IsEmpty != (_problem.Strata.Length == 0))
        {
            throw new ArgumentException("Strata are given if, and only if, the fit had strata.", nameof(strata));
        }

        var centre = CentrePredictor();
        var predictors = Predictors(x);
        var expected = new double[spells.Count];
        for (var row = 0; row < expected.Length; row++)
        {
            var stratum = strata.IsEmpty ? 0 : strata[row];
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stratum, (uint)(sets.StratumStart.Length - 1), nameof(strata));
            var hazard = CumulativeAt(stratum, spells.Exit[row]) - (spells.Entry.Length == 0 ? 0 : CumulativeAt(stratum, spells.Entry[row]));
            expected[row] = hazard == 0 ? 0 : hazard * Math.Exp(predictors[row] - centre);
        }

        return expected;
    }

    /// <summary>Schoenfeld residuals.</summary>
    public SchoenfeldResiduals Schoenfeld()
    {
        var (sets, k) = (_problem.Sets, _problem.X.Columns);
        var (rows, times) = (new List<int>(), new List<double>());
        var residuals = new RowMatrix(Events, k);
        var mean = new double[k];
        for (var cell = 0; cell < sets.Cells; cell++)
        {
            _problem.Likelihood.MeanAtRisk(cell, mean);
            for (var i = sets.CellStart[cell]; i < sets.DeathEnd[cell]; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    residuals[rows.Count, j] = (_problem.Design[i, j] - mean[j]) * _problem.Scale[j];
                }

                rows.Add(sets.Original[i]);
                times.Add(sets.Time[cell]);
            }
        }

        return new SchoenfeldResiduals([.. rows], [.. times], residuals);
    }

    /// <summary>Tests whether coefficients change with time.</summary>
    /// <param name="scale">The function of time along which they might.</param>
    /// <exception cref="RankDeficientException">All events are at one time, or nearly so.</exception>
    public ProportionalityTest TestProportionality(TimeScale scale = TimeScale.KaplanMeier) => Proportionality.Test(_problem, scale);

    private double CentrePredictor() => CompensatedSum.OfProducts(_problem.Centre, Coefficients);

    private double CumulativeAt(int stratum, double time)
    {
        var sets = _problem.Sets;
        if (sets.StratumStart[stratum] == sets.StratumStart[stratum + 1])
        {
            return double.NaN;
        }

        var cell = sets.CellAt(stratum, time);
        return cell < sets.StratumStart[stratum] ? 0 : _cumulative[cell];
    }

    private double[] Predictors(RowMatrix x)
    {
        var predictors = new double[x.Rows];
        for (var row = 0; row < predictors.Length; row++)
        {
            predictors[row] = Regression.LinearRegression.Dot(x.Row(row), Coefficients);
        }

        return predictors;
    }

    private double[] ExpectedAtFit()
    {
        // A stratum without events has no baseline to judge others by, but within the fit nobody in it expects anything.
        var expected = Array.ConvertAll(ExpectedFromBaseline, value => double.IsNaN(value) ? 0 : value);
        var weighted = _problem.Likelihood.Expected();
        for (var i = 0; i < weighted.Length; i++)
        {
            var row = _problem.Sets.Original[i];
            expected[row] = weighted[i] / _problem.Spells.Weight(row);
        }

        return expected;
    }

    private double WaldStatistic()
    {
        // b' L L' b with L the factor of the information.
        var (k, sum) = (_standardised.Length, 0.0);
        for (var j = 0; j < k; j++)
        {
            var value = 0.0;
            for (var i = j; i < k; i++)
            {
                value += _factor[(i * k) + j] * _standardised[i];
            }

            sum += value * value;
        }

        return sum;
    }
}

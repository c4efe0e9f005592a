namespace Fikspunkt.Statistics.Survival;

/// <summary>Aalen-Johansen estimates for spells that end by one of several causes.</summary>
/// <remarks>
/// With n at risk and d_k events of cause k at a time, S and I_k just before: h_k = d_k / n, I_k grows by S h_k and S falls by S sum of h_k.
/// Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978) 141-150. Variances follow the same recursion by the delta method with
/// multinomial noise Cov(h_k, h_l) = (delta_kl h_k - h_k h_l) / n (Andersen, Borgan, Gill and Keiding, Statistical Models Based on Counting
/// Processes (1993), section IV.4): with one cause that is Greenwood's formula, and it stays defined when everybody at risk has the event.
/// One minus Kaplan-Meier with other causes as censorings is not the probability of a cause and is too high. Deterministic.
/// </remarks>
public static class CompetingRisks
{
    /// <summary>Cumulative incidence of each cause and the survival free of all.</summary>
    /// <exception cref="TooFewUnitsException">No spell has a weight above 0.</exception>
    /// <exception cref="NoEventsException">No event has a weight above 0.</exception>
    public static CumulativeIncidence Fit(Spells spells) => Incidence(spells, spells.RowsBy([])[0]);

    /// <summary>The same per group.</summary>
    /// <param name="spells">Spells.</param>
    /// <param name="groups">The group of each spell: 0, 1, ..., each used.</param>
    /// <exception cref="TooFewUnitsException">A group has no spell with a weight above 0.</exception>
    /// <exception cref="NoEventsException">No event has a weight above 0.</exception>
    public static CumulativeIncidence[] FitGroups(Spells spells, ReadOnlySpan<int> groups) =>
        Array.ConvertAll(spells.RowsBy(groups), rows => Incidence(spells, rows));

    private static CumulativeIncidence Incidence(Spells spells, int[] rows)
    {
        if (rows.Length == 0)
        {
            throw new TooFewUnitsException(0, 1);
        }

        if (spells.Causes == 0)
        {
            throw new NoEventsException();
        }

        var steps = new List<CauseStep>();
        var last = double.NaN;
        RiskSweep.Run(spells, rows, [], 1, (time, leaving, atRisk) =>
        {
            last = double.IsNaN(last) ? time : last;
            var events = new double[spells.Causes];
            var any = false;
            foreach (var row in leaving)
            {
                if (spells.Cause[row] > 0)
                {
                    events[spells.Cause[row] - 1] += spells.Weight(row);
                    any = true;
                }
            }

            if (any)
            {
                steps.Add(new CauseStep(time, atRisk[0], events));
            }
        });
        steps.Reverse();
        return new CumulativeIncidence(steps, spells.Causes, last);
    }
}

internal sealed record CauseStep(double Time, double AtRisk, double[] Events);

/// <summary>Cumulative incidences. Inner arrays have one element per event time, ascending; outer arrays one per cause (cause 1 first).</summary>
public sealed class CumulativeIncidence
{
    private readonly List<CauseStep> _steps;
    private readonly double _last;

    internal CumulativeIncidence(List<CauseStep> steps, int causes, double last)
    {
        (_steps, _last) = (steps, last);
        var count = steps.Count;
        Time = [.. steps.Select(step => step.Time)];
        AtRisk = [.. steps.Select(step => step.AtRisk)];
        (Survival, SurvivalStandardError) = (new double[count], new double[count]);
        double[][] PerCause() => [.. Enumerable.Range(0, causes).Select(_ => new double[count])];
        (Incidence, StandardError, CumulativeHazard, CumulativeHazardStandardError) = (PerCause(), PerCause(), PerCause(), PerCause());
        var state = new IncidenceState(causes);
        var (hazard, variance) = (new double[causes], new double[causes]);
        for (var i = 0; i < count; i++)
        {
            state.Jump(steps[i]);
            (Survival[i], SurvivalStandardError[i]) = (state.Value[0], state.StandardError(0));
            for (var k = 0; k < causes; k++)
            {
                hazard[k] += steps[i].Events[k] / steps[i].AtRisk;
                variance[k] += steps[i].Events[k] / steps[i].AtRisk / steps[i].AtRisk;
                (Incidence[k][i], StandardError[k][i]) = (state.Value[1 + k], state.StandardError(1 + k));
                (CumulativeHazard[k][i], CumulativeHazardStandardError[k][i]) = (hazard[k], Math.Sqrt(variance[k]));
            }
        }
    }

    /// <summary>Distinct event times.</summary>
    public double[] Time { get; }

    /// <summary>Weight at risk just before each.</summary>
    public double[] AtRisk { get; }

    /// <summary>Probability of no event yet. With the incidences it sums to 1.</summary>
    public double[] Survival { get; }

    /// <summary>Its standard error.</summary>
    public double[] SurvivalStandardError { get; }

    /// <summary>Probability of an event of each cause by each time.</summary>
    public double[][] Incidence { get; }

    /// <summary>Standard errors of the incidences.</summary>
    public double[][] StandardError { get; }

    /// <summary>Cause-specific cumulative hazards (Nelson-Aalen).</summary>
    public double[][] CumulativeHazard { get; }

    /// <summary>Their standard errors, sqrt(sum of d/n^2).</summary>
    public double[][] CumulativeHazardStandardError { get; }

    /// <summary>Time lost to each cause by the horizon: the area under its incidence. With the restricted mean they sum to the horizon.</summary>
    /// <exception cref="InvalidValueException">A horizon of 0 or less, or beyond the last exit while survival is above 0 there.</exception>
    public MeanEstimate[] TimeLost(double horizon) => Areas(horizon)[1..];

    /// <summary>Mean time free of every cause until the horizon.</summary>
    /// <exception cref="InvalidValueException">A horizon of 0 or less, or beyond the last exit while survival is above 0 there.</exception>
    public MeanEstimate RestrictedMean(double horizon) => Areas(horizon)[0];

    private MeanEstimate[] Areas(double horizon)
    {
        Horizon.Require(horizon, _last, Survival.Length == 0 ? 1 : Survival[^1]);
        var states = 1 + Incidence.Length;
        var state = new IncidenceState(Incidence.Length);
        var time = 0.0;
        foreach (var step in _steps.TakeWhile(step => step.Time < horizon))
        {
            state.Advance(step.Time - time);
            state.Jump(step);
            time = step.Time;
        }

        state.Advance(horizon - time);
        return [.. Enumerable.Range(states, states).Select(area => new MeanEstimate(state.Value[area], state.StandardError(area)))];
    }
}

/// <summary>S, the incidences, and the areas under each, with their covariance, carried forward in time.</summary>
internal sealed class IncidenceState
{
    private readonly int _states;
    private readonly RowMatrix _covariance;

    public IncidenceState(int causes)
    {
        _states = 1 + causes;
        Value = new double[2 * _states];
        Value[0] = 1;
        _covariance = new RowMatrix(2 * _states, 2 * _states);
    }

    /// <summary>S, I_1, ..., then the area under each.</summary>
    public double[] Value { get; }

    public double StandardError(int element) => Math.Sqrt(Math.Max(0, _covariance[element, element]));

    public void Advance(double duration)
    {
        for (var a = 0; a < _states; a++)
        {
            Value[_states + a] += duration * Value[a];
            Combine(_states + a, a, duration);
        }
    }

    public void Jump(CauseStep step)
    {
        var before = Value[0];
        var all = 0.0;
        var h = new double[_states];
        for (var k = 1; k < _states; k++)
        {
            h[k] = step.Events[k - 1] / step.AtRisk;
            all += h[k];
            Value[k] += before * h[k];
            Combine(k, 0, h[k]);
        }

        all = Math.Min(all, 1);
        Value[0] *= 1 - all;
        Scale(0, 1 - all);

        // Noise e_k of each h_k: I_k moves by S e_k, S by minus the sum.
        var unit = before * before / step.AtRisk;
        _covariance[0, 0] += unit * all * (1 - all);
        for (var k = 1; k < _states; k++)
        {
            var withSurvival = -unit * h[k] * (1 - all);
            _covariance[0, k] += withSurvival;
            _covariance[k, 0] += withSurvival;
            for (var l = 1; l < _states; l++)
            {
                _covariance[k, l] += unit * ((k == l ? h[k] : 0) - (h[k] * h[l]));
            }
        }
    }

    /// <summary>Element <paramref name="to"/> gains factor times element <paramref name="from"/>.</summary>
    private void Combine(int to, int from, double factor)
    {
        for (var j = 0; j < Value.Length; j++)
        {
            _covariance[to, j] += factor * _covariance[from, j];
        }

        for (var i = 0; i < Value.Length; i++)
        {
            _covariance[i, to] += factor * _covariance[i, from];
        }
    }

    private void Scale(int element, double factor)
    {
        for (var j = 0; j < Value.Length; j++)
        {
            _covariance[element, j] *= factor;
        }

        for (var i = 0; i < Value.Length; i++)
        {
            _covariance[i, element] *= factor;
        }
    }
}

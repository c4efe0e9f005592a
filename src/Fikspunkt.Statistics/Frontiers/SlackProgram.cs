namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The linear program of slacks, for one thread.</summary>
internal sealed class SlackProgram
{
    private static readonly double[] Short = [0, 1e-9, 1e-8];

    private readonly Technology _technology;
    private readonly RayProgram _program;
    private readonly double[] _prices;
    private readonly double[] _costs;

    public SlackProgram(Technology technology, double[] prices)
    {
        (_technology, _prices) = (technology, prices);
        _program = new RayProgram(technology);

        // On the program's scale, the largest 1.
        double[] costs = [.. prices.Select((price, row) => price / technology.RowScale(row))];
        var largest = costs.Max();
        _costs = largest > 0 ? [.. costs.Select(cost => cost / largest)] : costs;
    }

    /// <summary>Moves the unit to the frontier, holds it there, and spreads what is left.</summary>
    public void SecondStage(RowMatrix inputs, RowMatrix outputs, int unit, double[] direction, FrontierOrientation orientation, SlackResult result)
    {
        // The projection is possible up to rounding. Where units are all but equal that may be too little, and it stays a little short of the frontier.
        foreach (var back in Short)
        {
            var beta = orientation == FrontierOrientation.Graph
                ? Hyperbolic.Distance(_program, inputs.Row(unit), outputs.Row(unit), direction, -1)
                : _program.Distance(inputs.Row(unit), outputs.Row(unit), direction);
            if (!double.IsFinite(beta))
            {
                Without(beta, unit, result);
                return;
            }

            _program.Simplex.FixRay(back);
            Maximise(unit, result);
            if (double.IsFinite(result.Sum[unit]))
            {
                return;
            }
        }
    }

    /// <summary>Spreads the slacks of the unit where it stands.</summary>
    public void Additive(RowMatrix inputs, RowMatrix outputs, int unit, SlackResult result)
    {
        if (_program.StartAt(inputs.Row(unit), outputs.Row(unit), unit))
        {
            Maximise(unit, result);
        }
        else
        {
            result.Peers[unit] = []; // With CRS a unit of zeros alone needs nobody.
        }
    }

    private void Maximise(int unit, SlackResult result)
    {
        var simplex = _program.Simplex;
        for (var i = 0; i < _prices.Length; i++)
        {
            simplex.Cost[_technology.Slack(i)] = _costs[i];
        }

        var status = simplex.Solve();
        for (var i = 0; i < _prices.Length; i++)
        {
            simplex.Cost[_technology.Slack(i)] = 0;
        }

        if (status != SimplexStatus.Optimal)
        {
            Without(status == SimplexStatus.Unbounded ? double.PositiveInfinity : double.NaN, unit, result);
            return;
        }

        result.InputSlacks.Row(unit).Clear();
        result.OutputSlacks.Row(unit).Clear();
        var sum = 0.0;
        for (var p = 0; p < simplex.Basis.Length; p++)
        {
            var row = simplex.Basis[p] - _technology.Slack(0);
            if (row < 0 || row >= _prices.Length)
            {
                continue;
            }

            var slack = Math.Max(0, simplex.Values[p]) / (_technology.RowScale(row) * _program.PointScale);
            sum += slack * _prices[row];
            if (row < _technology.Inputs)
            {
                result.InputSlacks[unit, row] = slack;
            }
            else
            {
                result.OutputSlacks[unit, row - _technology.Inputs] = slack;
            }
        }

        result.Sum[unit] = sum;
        result.Peers[unit] = _program.Peers();
    }

    private static void Without(double sum, int unit, SlackResult result)
    {
        result.Sum[unit] = sum;
        result.Peers[unit] = [];
        result.InputSlacks.Row(unit).Fill(double.NaN);
        result.OutputSlacks.Row(unit).Fill(double.NaN);
    }
}

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Slacks towards the free disposal hull, unit by unit.</summary>
internal static class FreeDisposalSlacks
{
    /// <summary>Writes one unit's slacks to the result.</summary>
    public static void Solve(
        RowMatrix inputs, RowMatrix outputs, int unit, ReadOnlySpan<double> direction, FrontierOrientation orientation, bool move, ReadOnlySpan<double> prices, SlackResult result)
    {
        var beta = move ? FreeDisposal.Distance(inputs.Row(unit), outputs.Row(unit), inputs, outputs, direction, orientation, -1).Beta : 0;
        Span<double> point = stackalloc double[prices.Length];
        Projection.Of(inputs.Row(unit), outputs.Row(unit), direction, orientation, beta, point);
        Span<double> slacks = stackalloc double[prices.Length];
        result.Sum[unit] = double.NegativeInfinity;
        for (var j = 0; j < inputs.Rows; j++)
        {
            var sum = Room(point, inputs.Row(j), outputs.Row(j), slacks) ? Sum(slacks, prices) : double.NegativeInfinity;
            if (sum > result.Sum[unit])
            {
                result.Sum[unit] = sum;
                result.Peers[unit] = [new Peer(j, 1)];
                slacks[..inputs.Columns].CopyTo(result.InputSlacks.Row(unit));
                slacks[inputs.Columns..].CopyTo(result.OutputSlacks.Row(unit));
            }
        }
    }

    private static bool Room(ReadOnlySpan<double> point, ReadOnlySpan<double> peerX, ReadOnlySpan<double> peerY, Span<double> slacks)
    {
        const double rounding = 1e-12;
        for (var i = 0; i < slacks.Length; i++)
        {
            var room = i < peerX.Length ? point[i] - peerX[i] : peerY[i - peerX.Length] - point[i];
            if (room < -rounding * Math.Abs(point[i]))
            {
                return false;
            }

            slacks[i] = Math.Max(0, room);
        }

        return true;
    }

    private static double Sum(ReadOnlySpan<double> slacks, ReadOnlySpan<double> prices)
    {
        var sum = 0.0;
        for (var i = 0; i < slacks.Length; i++)
        {
            sum += slacks[i] * prices[i];
        }

        return sum;
    }
}

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Efficiencies against a partial frontier.</summary>
/// <param name="Efficiency">On the orientation's scale. A unit may be beyond the frontier (theta above 1, phi or beta on the other side): it does better
/// than what is expected of m comparable units, or than a share alpha of them.</param>
/// <param name="Comparable">How many units each one is compared with, itself included.</param>
public sealed record PartialFrontierResult(double[] Efficiency, int[] Comparable);

/// <summary>Frontiers that a few outliers cannot move: order-m and order-alpha.</summary>
/// <remarks>
/// Unit k is compared with the units that reach its outputs (input orientation) or need no more than its inputs (output orientation); with a given
/// direction, those that can be reached along it. Each has a distance beta_j (theta_j = max_i x_ij / x_ik = 1 - beta_j; phi_j = min_r y_rj / y_rk = 1 + beta_j).
/// Order-m: the expectation of the largest beta among m draws with replacement, in closed form,
/// sum over the sorted beta_(r) of ((r / N)^m - ((r - 1) / N)^m) beta_(r): no simulation (Cazals, Florens and Simar, Journal of Econometrics 106 (2002) 1-25).
/// Order-alpha: the beta exceeded by a share 1 - alpha of them: theta of rank ceil((1 - alpha) N) from below, phi and beta of rank ceil(alpha N)
/// (Aragon, Daouia and Thomas-Agnan, Econometric Theory 21 (2005) 358-389; Daouia and Simar, Journal of Econometrics 140 (2007) 375-400).
/// As m grows, and at alpha = 1, both are the FDH efficiency. An input of 0 is not scaled: it limits the comparison to units without that input.
/// The options' returns, weight restrictions and threads do not matter; the graph orientation is not offered.
/// </remarks>
public static class PartialFrontier
{
    /// <summary>Order-m efficiency.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="order">m, at least 1: how many comparable units are drawn.</param>
    /// <param name="options">Orientation and fixed columns.</param>
    /// <inheritdoc cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static PartialFrontierResult OrderM(RowMatrix inputs, RowMatrix outputs, int order, FrontierOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(order);
        return Of(inputs, outputs, options, sorted => ExpectedLargest(sorted, order));
    }

    /// <summary>Order-alpha efficiency.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="alpha">Share of comparable units that do no better than the frontier, above 0 and at most 1.</param>
    /// <param name="options">Orientation and fixed columns.</param>
    /// <inheritdoc cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static PartialFrontierResult OrderAlpha(RowMatrix inputs, RowMatrix outputs, double alpha, FrontierOptions options)
    {
        if (!(alpha > 0 && alpha <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The share lies above 0 and is at most 1.");
        }

        var isInput = options.Orientation == FrontierOrientation.Input;
        return Of(inputs, outputs, options, sorted => sorted[isInput ? sorted.Length - Rank(1 - alpha, sorted.Length) : Rank(alpha, sorted.Length) - 1]);
    }

    private static PartialFrontierResult Of(RowMatrix inputs, RowMatrix outputs, FrontierOptions options, Func<double[], double> summary)
    {
        if (options.Orientation == FrontierOrientation.Graph)
        {
            throw new ArgumentException("A partial frontier has input, output or directional orientation.", nameof(options));
        }

        var hull = options with { Returns = ReturnsToScale.FreeDisposal, WeightRestrictions = null };
        FrontierData.Require(inputs, outputs, hull);
        var result = new PartialFrontierResult(new double[inputs.Rows], new int[inputs.Rows]);
        for (var unit = 0; unit < inputs.Rows; unit++)
        {
            var direction = FrontierData.Direction(inputs, outputs, unit, hull);
            var distances = new List<double>();
            for (var j = 0; j < inputs.Rows; j++)
            {
                var beta = FreeDisposal.Reach(inputs.Row(unit), outputs.Row(unit), inputs.Row(j), outputs.Row(j), direction);
                if (!double.IsNaN(beta))
                {
                    distances.Add(beta);
                }
            }

            distances.Sort();
            result.Comparable[unit] = distances.Count;
            result.Efficiency[unit] = Dea.Scale(options.Orientation, summary([.. distances]));
        }

        return result;
    }

    private static double ExpectedLargest(double[] sorted, int order)
    {
        var (expected, below) = (new Numerics.CompensatedSum(), 0.0);
        for (var r = 0; r < sorted.Length; r++)
        {
            var upTo = Math.Pow((r + 1.0) / sorted.Length, order);
            expected.Add((upTo - below) * sorted[r]);
            below = upTo;
        }

        return expected.Value;
    }

    /// <summary>ceil(share n), from 1 to n, with room for the rounding of the product.</summary>
    private static int Rank(double share, int n) => Math.Clamp((int)Math.Ceiling((share * n) - 1e-9), 1, n);
}

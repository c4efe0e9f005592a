using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Answers "why is our expectation what it is?" with parts that add up to expected share - national mean share.</summary>
/// <remarks>
/// <para>Linear: b_k (x_ik - xbar_k) with the coefficients behind the area's own expectation; the rest is the level those coefficients
/// give at the national means, compared with the national share.</para>
/// <para>Fractional logit: the path integral of the gradient along the straight line from the national means to the area
/// (Aumann and Shapley 1974; Sundararajan, Taly and Yan 2017): (p_i - p_0)/(eta_i - eta_0) b_k (x_ik - xbar_k), whose sum is p_i - p_0
/// whatever the order of the covariates. The rest is split in two: p_0 with the area's coefficients against p_0 with everybody's
/// (leaving the area out), and the latter against the national share (the bend of the link: the share at the mean is not the mean share).</para>
/// </remarks>
internal static class Contributions
{
    /// <summary>The contributions for one row.</summary>
    /// <param name="expectation">The fit.</param>
    /// <param name="row">The row.</param>
    /// <param name="panel">The row's period.</param>
    /// <param name="means">Weighted means of the transformed covariates in the period.</param>
    /// <param name="nationalMean">National share.</param>
    /// <param name="spec">The model.</param>
    public static IReadOnlyList<Contribution> Of(Expectation expectation, int row, PanelPeriod panel, double[] means, double nationalMean, ModelSpec spec)
    {
        var own = expectation.CoefficientsOf(row);
        var x = expectation.Rows.X.Row(row);
        var unit = expectation.Rows.Unit[row];
        var here = Expectation.Dot(own, x);
        var centre = AtMeans(own, x, means);
        var shareHere = expectation.Inverse(here);
        var shareCentre = expectation.Inverse(centre);
        var scale = Math.Abs(here - centre) > 1e-9 ? (shareHere - shareCentre) / (here - centre) : expectation.Slope(shareCentre);

        var parts = new List<Contribution>(means.Length + 2);
        for (var k = 0; k < means.Length; k++)
        {
            var covariate = spec.Covariates[k];
            parts.Add(new Contribution(
                covariate.Id, panel.Raw[k][unit], Transforms.Undo(covariate.Transform, means[k]), scale * own[k + 1] * (x[k + 1] - means[k])));
        }

        if (spec.Estimator.Family == EstimatorFamily.FractionalLogit)
        {
            var everybody = expectation.Inverse(AtMeans(expectation.Coefficients, x, means));
            parts.Add(new Contribution(ContributionIds.Curvature, double.NaN, double.NaN, everybody - nationalMean));
        }

        // The last part is what is left, so that the parts add up to the last digit.
        var rest = expectation.Expected[row] - nationalMean - parts.Sum(part => part.Share);
        parts.Add(new Contribution(ContributionIds.LeaveOneOut, double.NaN, double.NaN, rest));
        return parts;
    }

    /// <summary>An area's contributions to a total: the sums over its outcomes.</summary>
    public static IReadOnlyList<Contribution> Sum(IReadOnlyList<IReadOnlyList<Contribution>> outcomes) =>
        [.. outcomes[0].Select((part, p) => part with { Share = outcomes.Sum(outcome => outcome[p].Share) })];

    private static double AtMeans(double[] coefficients, ReadOnlySpan<double> x, double[] means)
    {
        var eta = Expectation.Dot(coefficients, x);
        for (var k = 0; k < means.Length; k++)
        {
            eta += coefficients[k + 1] * (means[k] - x[k + 1]);
        }

        return eta;
    }
}

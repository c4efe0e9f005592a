using System.Globalization;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Rates;
using Fikspunkt.Statistics.Regression;
using Fikspunkt.Statistics.Shrinkage;
using Fikspunkt.Testing;

namespace Fikspunkt.Statistics.Tests;

/// <summary>The numbers printed in docs/methods are what the library computes.</summary>
public sealed class WorkedExampleTests
{
    private static readonly double[] Education = [22, 25, 31, 36, 40, 45];
    private static readonly double[] Persons = [20_000, 30_000, 25_000, 60_000, 45_000, 90_000];
    private static readonly double[] Shares = [0.071, 0.064, 0.060, 0.049, 0.047, 0.041];

    [Fact]
    public void LinearRegression_Page_ShowsWhatIsComputed()
    {
        var fit = LinearRegression.Fit(Design(), Shares, Persons);
        ShouldShow(
            "linear-regression.md",
            $"coefficients              {List(fit.Coefficients, 6)}",
            $"classical standard errors {List(fit.Covariance(CovarianceKind.Classical).RootDiagonal(), 6)}",
            $"HC3 standard errors       {List(fit.Covariance(CovarianceKind.Hc3).RootDiagonal(), 6)}",
            $"leverage                  {List(fit.Leverage, 4)}",
            $"leave-one-out fitted      {List(fit.LeaveOneOutFitted, 5)}",
            $"R squared                 {List([fit.RSquared], 4)}");
    }

    [Fact]
    public void SufficientStatistics_Page_ShowsWhatIsComputed()
    {
        var parts = SufficientStatistics.ByGroup(Design(), Shares, [0, 0, 1, 1, 2, 2], Persons);
        var fit = (parts[0] + parts[1] + parts[2]).Fit();
        ShouldShow(
            "sufficient-statistics.md",
            $"coefficients                 {List(fit.Coefficients, 6)}",
            $"standard errors              {List(fit.Covariance.RootDiagonal(), 6)}",
            $"condition                    {List([fit.Condition], 4)}",
            $"persons on benefits          {List([.. parts.Select(part => part.Moments[3, 2])], 1)}",
            $"expected without the group   {List([.. SufficientStatistics.LeaveGroupOut(parts).Zip(parts, (left, part) => left!.PredictedSum(part))], 1)}");
    }

    [Fact]
    public void FractionalLogit_Page_ShowsWhatIsComputed()
    {
        var fit = FractionalLogit.Fit(Design(), Shares, Persons);
        ShouldShow(
            "fractional-logit.md",
            $"coefficients           {List(fit.Coefficients, 6)}",
            $"robust standard errors {List(fit.CovarianceHc0.RootDiagonal(), 6)}",
            $"dispersion             {List([fit.Dispersion], 4)}",
            $"fitted                 {List(fit.Fitted, 5)}",
            $"leave-one-out fitted   {List(fit.LeaveOneOut().Fitted, 5)}");
    }

    [Fact]
    public void RankConfidence_Page_ShowsWhatIsComputed()
    {
        double[] estimates = [-1.4, -0.3, 0.1, 0.2, 1.5];
        double[] errors = [0.3, 0.2, 0.4, 0.1, 0.5];
        var sets = RankConfidence.Sets(estimates, RowMatrix.Diagonal([.. errors.Select(se => se * se)]), new RankOptions(Seed: 1));
        ShouldShow(
            "rank-confidence-sets.md",
            [.. estimates.Select((estimate, i) =>
                $"{List([estimate], 1),8} {List([errors[i]], 1),8} {sets.Rank[i],8} {sets.MarginalLower[i],8}-{sets.MarginalUpper[i]} {sets.SimultaneousLower[i],12}-{sets.SimultaneousUpper[i]}")]);
    }

    [Fact]
    public void Shrinkage_Page_ShowsWhatIsComputed()
    {
        double[] estimates = [-1.4, -0.3, 0.1, 0.2, 1.5];
        double[] errors = [0.3, 0.2, 0.4, 0.1, 0.5];
        var reml = NormalNormal.Estimate(estimates, errors);
        var pauleMandel = NormalNormal.Estimate(estimates, errors, BetweenVarianceMethod.PauleMandel);
        var mixed = RandomIntercept.Fit(
            RowMatrix.FromColumns(Enumerable.Repeat(1.0, 8).ToArray()),
            [5.1, 4.9, 6.0, 6.4, 5.2, 5.8, 7.1, 6.7],
            [0, 0, 1, 1, 2, 2, 3, 3]);
        ShouldShow(
            "shrinkage.md",
            $"tau^2 (REML)          {List([reml.BetweenVariance], 5)}",
            $"tau^2 (Paule-Mandel)  {List([pauleMandel.BetweenVariance], 5)}",
            $"mean, standard error  {List([reml.Mean, reml.MeanStandardError], 5)}",
            $"factor                {List(reml.Factor, 4)}",
            $"shrunken              {List(reml.Shrunken, 4)}",
            $"posterior sd          {List(reml.PosteriorSd, 4)}",
            $"intercept             {List(mixed.Coefficients, 4)}",
            $"between, residual     {List([mixed.BetweenVariance, mixed.ResidualVariance], 5)}",
            $"effects               {List(mixed.Effects, 4)}");
    }

    [Fact]
    public void Rates_Page_ShowsWhatIsComputed()
    {
        var (wilson, exact) = (Wilson.Interval(7, 50, 0.95), ClopperPearson.Interval(7, 50, 0.95));
        var (byar, poisson) = (PoissonCount.Byar(12, 0.95), PoissonCount.Exact(3, 0.95));
        var (funnelExact, funnelNormal) = (Funnel.Exact(0.1, [200], 0.95), Funnel.Normal(0.1, [200], 0.95));
        double[] shares = [0.08, 0.12, 0.10, 0.15, 0.05, 0.11];
        var dispersion = Funnel.Dispersion(shares, [400, 500, 800, 600, 700, 300], 0.1);
        ShouldShow(
            "rates-and-funnels.md",
            $"Wilson, 7 of 50             {List([wilson.Lower, wilson.Upper], 5)}",
            $"Clopper-Pearson, 7 of 50    {List([exact.Lower, exact.Upper], 5)}",
            $"Byar, 12 events             {List([byar.Lower, byar.Upper], 4)}",
            $"exact Poisson, 3 events     {List([poisson.Lower, poisson.Upper], 4)}",
            $"funnel at 10 % of 200       {List([funnelExact.Lower[0], funnelExact.Upper[0]], 5)}",
            $"the same, normal            {List([funnelNormal.Lower[0], funnelNormal.Upper[0]], 5)}",
            $"phi, tau^2                  {List([dispersion.Phi, dispersion.TauSquared], 5)}");
    }

    [Fact]
    public void PanelNoise_Page_ShowsWhatIsComputed()
    {
        double[][] rows =
        [
            [1.2, 1.0, 1.6, 1.3, 1.5], [-0.6, -0.2, -0.3, -0.9, -0.5], [0.3, -0.4, 0.1, 0.6, 0.2], [-1.1, -0.6, -1.4, -0.9, -1.5], [0.1, 0.9, 0.4, -0.2, 0.3],
        ];
        double[] sizes = [1, 2, 4, 2, 5];
        var units = Enumerable.Range(0, 25).Select(i => i / 5).ToArray();
        var periods = Enumerable.Range(0, 25).Select(i => i % 5).ToArray();
        var noise = PanelNoise.Estimate(
            PanelNoise.PeriodColumns(periods), [.. rows.SelectMany(row => row)], [.. units.Select(unit => sizes[unit])], units, periods);
        ShouldShow(
            "panel-noise.md",
            $"phi, degrees of freedom  {List([noise.Phi], 4)} {List([noise.PhiDegreesOfFreedom], 1)}",
            $"rho                      {List([noise.Autocorrelation], 2)}",
            $"tau^2                    {List([noise.BetweenVariance], 3)}",
            $"levels                   {List(noise.Levels, 3)}",
            $"their sd                 {List(noise.LevelSd, 3)}");
    }

    [Fact]
    public void Quantiles_ReadMe_AreTheUsualOnes()
    {
        NormalDistribution.Quantile(0.975).ToString("F4", CultureInfo.InvariantCulture).ShouldBe("1.9600");
        Distributions.StudentTQuantile(0.975, 10).ToString("F4", CultureInfo.InvariantCulture).ShouldBe("2.2281");
        Distributions.ChiSquaredQuantile(0.95, 1).ToString("F4", CultureInfo.InvariantCulture).ShouldBe("3.8415");
    }

    private static RowMatrix Design() => RowMatrix.FromColumns(Enumerable.Repeat(1.0, Education.Length).ToArray(), Education);

    internal static string List(double[] values, int decimals) =>
        string.Join(' ', values.Select(value => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));

    internal static void ShouldShow(string page, params string[] lines)
    {
        var shown = File.ReadAllLines(RepositoryFiles.Path("docs", "methods", page)).Select(line => line.TrimEnd()).ToHashSet(StringComparer.Ordinal);
        lines.Where(line => !shown.Contains(line.TrimEnd())).ShouldBeEmpty();
    }
}

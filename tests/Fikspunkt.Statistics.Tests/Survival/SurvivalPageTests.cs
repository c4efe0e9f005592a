using Fikspunkt.Statistics.Regression;
using Fikspunkt.Statistics.Survival;
using static Fikspunkt.Statistics.Tests.WorkedExampleTests;

namespace Fikspunkt.Statistics.Tests.Survival;

/// <summary>The numbers printed in docs/methods/survival-*.md are what the library computes.</summary>
public sealed class SurvivalPageTests
{
    private static readonly double[] Exit = [4, 6, 6, 9, 12, 12, 15, 20, 22, 26, 26, 30];
    private static readonly int[] Cause = [1, 1, 2, 1, 0, 1, 2, 1, 1, 1, 0, 0];
    private static readonly double[] Entry = [0, 0, 2, 0, 0, 5, 0, 8, 0, 0, 10, 0];
    private static readonly int[] Group = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
    private static readonly RowMatrix Age = RowMatrix.FromColumns([3.9, 3.5, 5.2, 2.8, 4.4, 4.6, 5.8, 3.0, 5.1, 4.3, 2.9, 5.5]);

    private static Spells Spells { get; } = new(Exit, Cause, Entry);

    [Fact]
    public void Curves_Page_ShowsWhatIsComputed()
    {
        var curve = KaplanMeier.Fit(Spells);
        var (lower, upper) = curve.Limits(CurveLimits.LogLog);
        var median = curve.Median(CurveLimits.LogLog);
        var mean = curve.RestrictedMean(26);
        var test = LogRank.Test(Spells, Group);
        ShouldShow(
            "survival-curves.md",
            [
                .. Enumerable.Range(0, curve.Time.Length).Select(i =>
                    $"{curve.Time[i],4} {curve.AtRisk[i],8} {curve.Events[i],7} {List([curve.Survival[i]], 4),9} {List([lower[i]], 4)}-{List([upper[i]], 4)} {List([curve.CumulativeHazard[i]], 4),9}"),
                $"median, limits             {List([median.Time, median.Lower, median.Upper], 1)}",
                $"mean until week 26, se     {List([mean.Value, mean.StandardError], 4)}",
                $"log-rank O, E of group 0   {List([test.Observed[0], test.Expected[0]], 4)}",
                $"chi-square, p              {List([test.ChiSquared, test.PValue], 4)}",
            ]);
    }

    [Fact]
    public void Cox_Page_ShowsWhatIsComputed()
    {
        var spells = Spells.OnlyCause(1);
        var fit = CoxRegression.Fit(spells, Age);
        var table = ObservedExpected.ByGroup([.. spells.Cause.Select(cause => (double)cause)], CoxRegression.LeaveGroupOut(spells, Age, Group), Group);
        var baseline = fit.Baseline()[0];
        ShouldShow(
            "survival-cox.md",
            $"b, se                      {List([fit.Coefficients[0], fit.StandardErrors[0]], 5)}",
            $"log likelihood, at b = 0   {List([fit.LogLikelihood, fit.NullLogLikelihood], 5)}",
            $"LR, Wald, score            {List([fit.LikelihoodRatio.Statistic, fit.Wald.Statistic, fit.Score.Statistic], 4)}",
            $"baseline at weeks          {List(baseline.Time, 0)}",
            $"                           {List(baseline.CumulativeHazard, 3)}",
            $"expected per spell         {List(fit.Expected, 4)}",
            $"Schoenfeld residuals       {List(fit.Schoenfeld().Residuals.Values, 4)}",
            $"proportionality, p         {List([fit.TestProportionality().Global.PValue], 4)}",
            $"O by group                 {List(table.Observed, 0)}",
            $"E without the own group    {List(table.Expected, 4)}",
            $"O/E and limits of group 1  {List([table.Ratio[1], table.Interval[1].Lower, table.Interval[1].Upper], 4)}");
    }

    [Fact]
    public void IntervalHazards_Page_ShowsWhatIsComputed()
    {
        var spells = Spells.OnlyCause(1);
        var fit = PiecewiseExponential.Fit(spells, Age, [8, 16]);
        var discrete = DiscreteHazard.Fit(spells, Age, [8, 16]);
        var split = FollowUp.Split(spells, [13]);
        var age = new RowMatrix(split.Row.Length, 1, [.. split.Row.Select(row => Age[row, 0])]);
        var groups = PersonTimeFit.Fit(new PersonTimeTable(split.Interval, age, split.Event, split.Exposure)).LeaveGroupOut([.. split.Row.Select(row => Group[row])]);
        ShouldShow(
            "survival-interval-hazards.md",
            $"parts of follow-up         {fit.Split.Row.Length}",
            $"events by interval         {List(fit.Split.ByInterval(fit.Split.Event), 0)}",
            $"weeks at risk              {List(fit.Split.ByInterval(fit.Split.Exposure), 0)}",
            $"log hazards                {List(fit.LogHazards, 4)}",
            $"b, se                      {List([fit.Coefficients[0], Math.Sqrt(fit.Covariance[3, 3])], 5)}",
            $"log likelihood             {List([fit.LogLikelihood()], 4)}",
            $"discrete time: log hazards {List(discrete.LogHazards, 4)}",
            $"discrete time: b           {List(discrete.Coefficients, 5)}",
            $"E without the own group    {List(groups.Expected, 4)}",
            $"se of log E                {List(groups.LogError, 4)}",
            $"O/E and limits of group 1  {List([groups.Ratio[1], groups.Interval[1].Lower, groups.Interval[1].Upper], 4)}");
    }

    [Fact]
    public void CompetingRisks_Page_ShowsWhatIsComputed()
    {
        var fit = CompetingRisks.Fit(Spells);
        var (lost, mean) = (fit.TimeLost(26), fit.RestrictedMean(26));
        ShouldShow(
            "survival-competing-risks.md",
            [
                .. Enumerable.Range(0, fit.Time.Length).Select(i =>
                    $"{fit.Time[i],4} {List([fit.Survival[i]], 4)} {List([fit.Incidence[0][i]], 4)} ({List([fit.StandardError[0][i]], 4)}) {List([fit.Incidence[1][i]], 4)} ({List([fit.StandardError[1][i]], 4)})"),
                $"weeks free of both, se     {List([mean.Value, mean.StandardError], 4)}",
                $"weeks lost to cause 1, se  {List([lost[0].Value, lost[0].StandardError], 4)}",
                $"weeks lost to cause 2, se  {List([lost[1].Value, lost[1].StandardError], 4)}",
            ]);
    }

    [Fact]
    public void GeneralizedLinearModels_Page_ShowsWhatIsComputed()
    {
        var x = RowMatrix.FromColumns([1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2]);
        double[] persons = [1200, 800, 1500, 900, 1100, 700];
        var fit = GeneralizedLinearModel.Fit(x, [30, 17, 52, 35, 41, 30], new GlmOptions(GlmFamily.QuasiPoisson), offset: Array.ConvertAll(persons, Math.Log));
        ShouldShow(
            "generalized-linear-models.md",
            $"coefficients               {List(fit.Coefficients, 5)}",
            $"dispersion                 {List([fit.Dispersion], 4)}",
            $"standard errors            {List(fit.Covariance.RootDiagonal(), 5)}",
            $"deviance                   {List([fit.Deviance], 4)}",
            $"fitted                     {List(fit.Fitted, 3)}");
    }
}

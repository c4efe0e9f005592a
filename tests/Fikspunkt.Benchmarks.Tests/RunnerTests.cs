using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Tests;

public class RunnerTests
{
    public static TheoryData<EstimatorFamily, bool, bool> Models => new()
    {
        { EstimatorFamily.Linear, false, true },
        { EstimatorFamily.Linear, true, true },
        { EstimatorFamily.Linear, false, false },
        { EstimatorFamily.FractionalLogit, false, true },
        { EstimatorFamily.FractionalLogit, true, true },
        { EstimatorFamily.FractionalLogit, false, false },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Total_AnyModel_IsTheSumOfItsOutcomes(EstimatorFamily family, bool pooled, bool leaveOneOut)
    {
        var run = new MadeUpPanel().Run(MadeUpPanel.Spec(family, pooled, leaveOneOut));
        run.Results.Count.ShouldBe(3 * 5 * 30);
        foreach (var total in run.Results.Where(r => r.Outcome == "total"))
        {
            var parts = run.Results.Where(r => r.Outcome != "total" && r.Area == total.Area && r.Period == total.Period).ToArray();
            total.Actual.ShouldBe(parts[0].Actual + parts[1].Actual);
            total.Expected.ShouldBe(parts[0].Expected + parts[1].Expected);
            total.Kroner.ShouldBe(parts[0].Kroner + parts[1].Kroner);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Contributions_AnyModel_AddUpToExpectedMinusNationalMean(EstimatorFamily family, bool pooled, bool leaveOneOut)
    {
        var run = new MadeUpPanel().Run(MadeUpPanel.Spec(family, pooled, leaveOneOut, weighted: false));
        foreach (var group in run.Results.GroupBy(r => (r.Outcome, r.Period)))
        {
            // The total's national mean is the sum of its outcomes' means, which the exposure-weighted total share is too.
            var national = group.Sum(r => r.Actual * r.Exposure) / group.Sum(r => r.Exposure);
            foreach (var result in group)
            {
                result.Contributions.Sum(c => c.Share).ShouldBe(result.Expected - national, 1e-14);
                result.Contributions.Select(c => c.Covariate).ShouldBe(family == EstimatorFamily.Linear
                    ? ["x1", "x2", ContributionIds.LeaveOneOut]
                    : ["x1", "x2", ContributionIds.Curvature, ContributionIds.LeaveOneOut]);
            }
        }
    }

    [Fact]
    public void Contributions_LinearInSample_AreCoefficientTimesDistanceFromMean()
    {
        var run = new MadeUpPanel().Run(MadeUpPanel.Spec(EstimatorFamily.Linear, leaveOneOut: false));
        var result = run.Results.First(r => r.Outcome == "g1");
        var fit = run.Fits.First(f => f.Outcome == "g1" && f.Period == result.Period);
        var x1 = result.Contributions[0];
        x1.Share.ShouldBe(fit.Coefficients[1].Estimate * (x1.Value - x1.Mean), 1e-15);
        var x2 = result.Contributions[1];
        x2.Share.ShouldBe(fit.Coefficients[2].Estimate * Math.Log(x2.Value / x2.Mean), 1e-15);
        result.Contributions[2].Share.ShouldBe(0, 1e-12);
    }

    [Theory]
    [InlineData(EstimatorFamily.Linear)]
    [InlineData(EstimatorFamily.FractionalLogit)]
    public void Expected_PooledLeaveOneOut_EqualsRefitWithoutTheUnit(EstimatorFamily family)
    {
        var panel = new MadeUpPanel();
        var spec = MadeUpPanel.Spec(family, pooled: true);
        var all = panel.Run(spec);

        // In-sample predictions at the unit's covariates by the coefficients of a fit to the others.
        panel.Observations.RemoveAll(o => o.Area == MadeUpPanel.Code(3) && o.Indicator == "persons");
        var without = panel.Run(spec).Fits.Single(f => f.Outcome == "g1");
        foreach (var result in all.Results.Where(r => r.Outcome == "g1" && r.Area == MadeUpPanel.Code(3)))
        {
            var x = result.Contributions;
            var eta = without.Coefficients[0].Estimate + (without.Coefficients[1].Estimate * x[0].Value) + (without.Coefficients[2].Estimate * Math.Log(x[1].Value))
                + without.Coefficients.Where(c => c.Term == result.Period.ToString()).Sum(c => c.Estimate);
            result.Expected.ShouldBe(family == EstimatorFamily.Linear ? eta : 1 / (1 + Math.Exp(-eta)), 1e-10);
        }
    }

    [Fact]
    public void Run_Twice_IsBitIdentical()
    {
        var panel = new MadeUpPanel(monthly: true);
        var spec = MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.RollingYear, ["all"], 6));
        Text(panel.Run(spec)).ShouldBe(Text(panel.Run(spec)));

        static string Text(BenchmarkRun run) => string.Join('\n', run.Results
            .Select(r => string.Join(',', [.. Numbers(r), .. r.Contributions.Select(c => c.Share)]))
            .Concat(run.Trend.Select(t => FormattableString.Invariant($"{t.Area} {t.Outcome} {t.Period} {t.Actual:R} {t.Expected:R} {t.StandardError:R}")))
            .Concat(run.Fits.SelectMany(f => f.Coefficients.Select(c => FormattableString.Invariant($"{c.Estimate:R} {c.StandardError:R} {f.Overdispersion:R} {f.BetweenVariance:R}"))))
            .Concat(run.Notes.Select(n => $"{n.Key} {string.Join(' ', n.Arguments)}")));

        static double[] Numbers(AreaResult r) =>
        [
            r.Actual, r.Expected, r.Difference, r.StandardError, r.ChanceStandardError, r.ExpectationStandardError, r.Lower, r.Upper, r.Rank, r.RankLower, r.RankUpper,
            r.RankLowerSimultaneous, r.RankUpperSimultaneous, r.Shrunken, r.ShrunkenStandardError, (double)r.Kroner!.Value,
        ];
    }

    [Fact]
    public void Results_AnyModel_HangTogether()
    {
        foreach (var by in new[] { RankBy.Share, RankBy.Relative })
        {
            var run = new MadeUpPanel().Run(MadeUpPanel.Spec(by: by));
            run.Results.Select(r => (r.Outcome, r.Period, r.Area)).ShouldBe(
                run.Results.Select(r => (r.Outcome, r.Period, r.Area)).OrderBy(k => new[] { "g1", "g2", "total" }.IndexOf(k.Outcome)).ThenBy(k => k.Period).ThenBy(k => k.Area, StringComparer.Ordinal));
            foreach (var group in run.Results.GroupBy(r => (r.Outcome, r.Period)))
            {
                foreach (var r in group)
                {
                    r.Difference.ShouldBe(r.Actual - r.Expected);
                    r.Rank.ShouldBe(1 + group.Count(o => by == RankBy.Share ? o.Difference < r.Difference : o.Difference / o.Expected < r.Difference / r.Expected));
                    r.RankLower.ShouldBeLessThanOrEqualTo(r.Rank);
                    r.RankUpper.ShouldBeGreaterThanOrEqualTo(r.Rank);
                    r.RankLowerSimultaneous.ShouldBeLessThanOrEqualTo(r.RankLower);
                    r.RankUpperSimultaneous.ShouldBeGreaterThanOrEqualTo(r.RankUpper);
                    (r.StandardError * r.StandardError).ShouldBe((r.ChanceStandardError * r.ChanceStandardError) + (r.ExpectationStandardError * r.ExpectationStandardError), 1e-12);
                    r.Class.ShouldBe(r.Upper < 0 ? SignificanceClass.Better : r.Lower > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected);
                    Math.Abs(r.Shrunken).ShouldBeLessThanOrEqualTo(Math.Abs(r.Difference));
                }
            }
        }
    }

    [Fact]
    public void Kroner_PricedGroup_IsPersonsTimesPrice()
    {
        var run = new MadeUpPanel().Run(MadeUpPanel.Spec());
        foreach (var result in run.Results.Where(r => r.Outcome == "g1"))
        {
            ((double)result.Kroner!.Value).ShouldBe(result.DifferencePersons * 100_000.50, 0.02);
        }
    }

    [Fact]
    public void Binomial_FixedFactor_GivesTextbookChance()
    {
        var run = new MadeUpPanel().Run(MadeUpPanel.Spec(noise: new NoiseSpec(NoiseModel.Binomial, 2)));
        run.Fits.Where(f => f.Outcome != "total").ShouldAllBe(f => f.Overdispersion == 2);
        foreach (var result in run.Results.Where(r => r.Outcome == "g1"))
        {
            // The share of the variance lies between the expected and the actual one.
            var low = Math.Min(result.Expected, result.Actual);
            var high = Math.Max(result.Expected, result.Actual);
            var variance = result.ChanceStandardError * result.ChanceStandardError;
            variance.ShouldBeInRange(2 * low * (1 - low) / result.Exposure * 0.999, 2 * high * (1 - high) / result.Exposure * 1.001);
        }
    }

    [Fact]
    public void Trend_MonthlyData_FollowsTheLastMonths()
    {
        var panel = new MadeUpPanel(monthly: true);
        panel.Replace(4, Period.Month(2019, 11), "persons", Breakdown.OfBenefitGroup("g1"), null, ObservationStatus.Suppressed);
        var run = panel.Run(MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.RollingYear, ["latest"], 6)));
        run.Results.Select(r => r.Period).Distinct().ShouldBe([Period.Parse("2019QMAT04")]);
        run.Trend.Select(t => t.Period).Distinct().ShouldBe(Enumerable.Range(7, 6).Select(m => Period.Month(2019, m)));
        run.Trend.Count.ShouldBe((3 * 6 * 30) - 1);
        run.Trend.ShouldNotContain(t => t.Area == MadeUpPanel.Code(4) && t.Outcome == "g1" && t.Period == Period.Month(2019, 11));
        run.Trend.ShouldContain(t => t.Area == MadeUpPanel.Code(4) && t.Outcome == "total" && t.Period == Period.Month(2019, 11));
        foreach (var point in run.Trend.Where(t => t.Outcome == "total" && t.Area != MadeUpPanel.Code(4)))
        {
            var parts = run.Trend.Where(t => t.Outcome != "total" && t.Area == point.Area && t.Period == point.Period).ToArray();
            point.Actual.ShouldBe(parts.Sum(t => t.Actual));
            point.Expected.ShouldBe(parts.Sum(t => t.Expected));
            point.StandardError.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Breaks_InTheSeries_AreNamedAndNoted()
    {
        var entry = new SeriesBreak("reform", new NodaTime.LocalDate(2017, 7, 1), "reform", SmallModels.Text("r"), SmallModels.Text("r"), ["g1"], ["persons"], "law");
        var late = entry with { Id = "late", Date = new NodaTime.LocalDate(2031, 1, 1) };
        var other = entry with { Id = "other", BenefitGroups = ["g9"] };
        var run = new MadeUpPanel().Run(MadeUpPanel.Spec(), [entry, late, other]);
        run.Breaks.ShouldBe(["reform"]);
        run.Notes.ShouldContain(n => n.Key == NoteKeys.NoiseAcrossBreak && string.Join(' ', n.Arguments) == "g1 reform");
        run.Notes.ShouldContain(n => n.Key == NoteKeys.ChangeAcrossBreak && string.Join(' ', n.Arguments) == "g1 reform");
        run.Notes.ShouldNotContain(n => n.Key == NoteKeys.ChangeAcrossBreak && n.Arguments[0] == "g2");
    }
}

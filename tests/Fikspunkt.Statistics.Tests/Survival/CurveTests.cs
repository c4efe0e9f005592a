using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

public sealed class CurveTests
{
    [Fact]
    public void KaplanMeier_NoCensoring_IsTheEmpiricalDistribution() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var exit = Enumerable.Range(0, 30).Select(_ => (double)random.Next(1, 15)).ToArray();
            var curve = KaplanMeier.Fit(new Spells(exit, [.. Enumerable.Repeat(1, 30)]));
            for (var i = 0; i < curve.Time.Length; i++)
            {
                var later = exit.Count(time => time > curve.Time[i]) / 30.0;
                curve.Survival[i].ShouldBe(later, 1e-12);
                if (later > 0)
                {
                    curve.StandardError[i].ShouldBe(Math.Sqrt(later * (1 - later) / 30), 1e-12);
                }
            }

            curve.RestrictedMean(20).Value.ShouldBe(exit.Average(), 1e-10);
            var horizon = 6.5;
            var restricted = curve.RestrictedMean(horizon);
            var until = exit.Select(time => Math.Min(time, horizon)).ToArray();
            restricted.Value.ShouldBe(until.Average(), 1e-10);
            restricted.StandardError.ShouldBe(Math.Sqrt(until.Sum(time => Math.Pow(time - until.Average(), 2)) / 30 / 30), 1e-10);
        });

    [Fact]
    public void KaplanMeier_AnySpells_EqualsCountingFromTheDefinition() =>
        RandomData.ForAllSeeds(seed =>
        {
            var spells = SurvivalData.Random(seed, rows: 40, columns: 1).Spells;
            var curve = KaplanMeier.Fit(spells);
            var (survival, hazard, greenwood) = (1.0, 0.0, 0.0);
            for (var t = 0; t < curve.Time.Length; t++)
            {
                var time = curve.Time[t];
                var n = Enumerable.Range(0, 40).Where(i => spells.Entry[i] < time && spells.Exit[i] >= time).Sum(i => spells.Weights[i]);
                var d = Enumerable.Range(0, 40).Where(i => spells.Exit[i] == time && spells.Cause[i] > 0).Sum(i => spells.Weights[i]);
                (survival, hazard, greenwood) = (survival * (1 - (d / n)), hazard + (d / n), greenwood + (d / (n * (n - d))));
                curve.AtRisk[t].ShouldBe(n, 1e-10);
                curve.Survival[t].ShouldBe(survival, 1e-10);
                curve.CumulativeHazard[t].ShouldBe(hazard, 1e-10);
                if (survival > 1e-6)
                {
                    curve.StandardErrorLog[t].ShouldBe(Math.Sqrt(greenwood), 1e-7);
                }
            }
        });

    [Fact]
    public void KaplanMeier_WeightsTimesOrder_ActAsTheyShould() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 30, columns: 1, weighted: false);
            var random = new Random(seed);
            var times = Enumerable.Range(0, 30).Select(_ => random.Next(3)).ToArray();
            times[0] = 1;
            var repeated = data.Permuted([.. Enumerable.Range(0, 30).SelectMany(i => Enumerable.Repeat(i, times[i]))]).Spells;
            var weighted = new Spells(data.Spells.Exit, data.Spells.Cause, data.Spells.Entry, [.. times.Select(count => (double)count)]);
            var (one, other) = (KaplanMeier.Fit(weighted), KaplanMeier.Fit(repeated));
            one.Survival.ShouldBe(other.Survival, 1e-12);
            one.CumulativeHazardStandardError.ShouldBe(other.CumulativeHazardStandardError, 1e-12);
            KaplanMeier.Fit(data.Permuted(RandomData.Permutation(seed, 30)).Spells).Survival.ShouldBe(KaplanMeier.Fit(data.Spells).Survival);
            var slower = KaplanMeier.Fit(data.TimesScaled(2));
            slower.Median(CurveLimits.Log).Time.ShouldBe(2 * KaplanMeier.Fit(data.Spells).Median(CurveLimits.Log).Time);
        });

    [Fact]
    public void Median_CurveOnTheLevel_IsTheMiddleOfTheStep()
    {
        var curve = KaplanMeier.Fit(new Spells([1, 2, 3, 4], [1, 1, 1, 1]));
        curve.Median(CurveLimits.LogLog).Time.ShouldBe(2.5);
        curve.Quantile(0.25, CurveLimits.LogLog).Time.ShouldBe(1.5);
        curve.Quantile(0.3, CurveLimits.LogLog).Time.ShouldBe(2);
    }

    [Fact]
    public void KaplanMeier_DegenerateInput_GivesDocumentedValuesOrTypedErrors()
    {
        var one = KaplanMeier.Fit(new Spells([5], [1]));
        one.Survival.ShouldBe([0]);
        one.StandardErrorLog.ShouldBe([double.NaN]);
        one.Limits(CurveLimits.Log).Lower.ShouldBe([double.NaN]);
        one.Median(CurveLimits.Log).Time.ShouldBe(5);
        one.RestrictedMean(8).Value.ShouldBe(5);

        var none = KaplanMeier.Fit(new Spells([5, 7], [0, 0]));
        none.Survival.ShouldBe([1, 1]);
        none.Limits(CurveLimits.LogLog).Upper.ShouldBe([1, 1]);
        none.Median(CurveLimits.Log).Time.ShouldBe(double.NaN);
        none.RestrictedMean(6).ShouldBe(new MeanEstimate(6, 0));
        Should.Throw<InvalidValueException>(() => none.RestrictedMean(7.5));
        Should.Throw<InvalidValueException>(() => none.RestrictedMean(double.NaN));

        Should.Throw<TooFewUnitsException>(() => new Spells([], []));
        Should.Throw<TooFewUnitsException>(() => KaplanMeier.Fit(new Spells([1], [1], weights: [0])));
        Should.Throw<InvalidValueException>(() => new Spells([1, double.NaN], [1, 1])).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => new Spells([1, double.PositiveInfinity], [1, 1])).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => new Spells([1, 2], [1, 1], [0, 2])).Argument.ShouldBe("entry");
        Should.Throw<InvalidValueException>(() => new Spells([1], [-1])).Argument.ShouldBe("cause");
        Should.Throw<InvalidValueException>(() => new Spells([1], [1], weights: [-1])).Argument.ShouldBe("weights");
    }

    [Fact]
    public void KaplanMeier_EverybodyAtRiskFailsEarly_StaysAtZero()
    {
        var curve = KaplanMeier.Fit(new Spells([2, 6, 7], [1, 1, 0], [0, 3, 3]));
        curve.Survival.ShouldBe([0, 0, 0]);
        curve.CumulativeHazard.ShouldBe([1, 1.5, 1.5]);
    }

    [Fact]
    public void LogRank_AnyGroups_EqualsCountingFromTheDefinition() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 60, columns: 1, weighted: false);
            var (spells, groups) = (data.Spells, data.Groups);
            var strata = Enumerable.Range(0, 60).Select(i => i / 30).ToArray();
            var test = LogRank.Test(spells, groups, strata);
            var (gap, variance) = (0.0, 0.0);
            for (var stratum = 0; stratum < 2; stratum++)
            {
                var own = Enumerable.Range(0, 60).Where(i => strata[i] == stratum).ToArray();
                foreach (var time in own.Where(i => spells.Cause[i] > 0).Select(i => spells.Exit[i]).Distinct())
                {
                    var atRisk = own.Where(i => spells.Entry[i] < time && spells.Exit[i] >= time).ToArray();
                    var events = atRisk.Where(i => spells.Exit[i] == time && spells.Cause[i] > 0).ToArray();
                    double n = atRisk.Length, d = events.Length, first = atRisk.Count(i => groups[i] == 0);
                    gap += events.Count(i => groups[i] == 0) - (d * first / n);
                    variance += n > 1 ? d * (n - d) / (n - 1) * first / n * (1 - (first / n)) : 0;
                }
            }

            (test.Observed[0] - test.Expected[0]).ShouldBe(gap, 1e-9);
            test.Covariance[0, 0].ShouldBe(variance, 1e-9);
            test.Expected.Sum().ShouldBe(test.Observed.Sum(), 1e-9);
            test.DegreesOfFreedom.ShouldBe(2);

            // The groups' numbers do not matter.
            LogRank.Test(spells, [.. groups.Select(group => 2 - group)], strata).ChiSquared.ShouldBe(test.ChiSquared, 1e-8);
        });

    [Fact]
    public void LogRank_DegenerateInput_GivesTypedErrors()
    {
        Should.Throw<NoEventsException>(() => LogRank.Test(new Spells([1, 2], [0, 0]), [0, 1]));
        Should.Throw<TooFewUnitsException>(() => LogRank.Test(new Spells([1, 2], [1, 1]), [0, 0]));
        Should.Throw<NoEventsException>(() => LogRank.Test(new Spells([2, 2], [1, 1]), [0, 1])).ShouldNotBeNull();
    }

    [Fact]
    public void ObservedExpected_Groups_AddUpAndCarryLimits()
    {
        var table = ObservedExpected.ByGroup([1, 0, 1, 1, 0], [0.5, 0.25, 1, 1, double.NaN], [0, 0, 1, 1, 2]);
        table.Units.ShouldBe([2, 2, 1]);
        table.Ratio[0].ShouldBe(1 / 0.75);
        table.Interval[1].Lower.ShouldBe(0.2422092785 / 2, 1e-9);
        table.Interval[1].Upper.ShouldBe(7.2246876677 / 2, 1e-8);
        table.Ratio[2].ShouldBe(double.NaN);
        Should.Throw<InvalidValueException>(() => ObservedExpected.ByGroup([1], [-1], [0]));
    }
}

using System.Globalization;
using Fikspunkt.Statistics.Survival;
using Fikspunkt.Testing;

namespace Fikspunkt.Statistics.Tests.Survival;

public sealed class IntervalHazardTests
{
    private static readonly double[] Cuts = [90, 180, 365, 540];
    private static readonly string[] Intervals = ["interval1", "interval2", "interval3", "interval4", "interval5"];
    [Fact]
    public void Split_ReferenceCase_GivesTheSameParts()
    {
        var reference = ReferenceCase.Load("piecewise-exponential-lung");
        var split = FollowUp.Split(SurvivalData.Lung(reference).Spells, Cuts);
        var id = reference.Numbers("id");
        var lines = File.ReadAllLines(Path.Combine(RepositoryFiles.Shared("reference", "piecewise-exponential-lung"), "split.csv"))[1..];
        var ours = Enumerable.Range(0, split.Row.Length).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{id[split.Row[i]]},{split.Interval[i] + 1},{split.Start[i]},{split.Stop[i]},{split.Exposure[i]},{split.Event[i]}"));
        ours.ShouldBe(lines.Select(line => string.Join(',', line.Split(',').Take(6))));
    }

    [Fact]
    public void Split_AnySpells_KeepsEventsAndTime() =>
        RandomData.ForAllSeeds(seed =>
        {
            var spells = SurvivalData.Random(seed, rows: 30, columns: 1).Spells;
            var split = FollowUp.Split(spells, [2, 5, 5.5, 40]);
            split.BySpell(split.Exposure, 30).ShouldBe(spells.Exit.Zip(spells.Entry, (exit, entry) => exit - entry), 1e-12);
            split.BySpell(split.Event, 30).ShouldBe(spells.Cause.Select(cause => (double)cause));
            split.Exposure.ShouldAllBe(exposure => exposure > 0);
        });

    [Fact]
    public void PiecewiseExponential_NoCovariates_HazardsAreEventsPerTime() =>
        RandomData.ForAllSeeds(seed =>
        {
            var spells = SurvivalData.Random(seed, rows: 80, columns: 1).Spells;
            var fit = PiecewiseExponential.Fit(spells, new RowMatrix(80, 0), [2, 6]);
            var (events, exposure) = (fit.Split.ByInterval(fit.Split.Event), fit.Split.ByInterval(fit.Split.Exposure));
            for (var interval = 0; interval < 3; interval++)
            {
                Math.Exp(fit.LogHazards[interval]).ShouldBe(events[interval] / exposure[interval], 1e-12);
                fit.Covariance[interval, interval].ShouldBe(1 / events[interval], 1e-10);
            }
        });

    [Fact]
    public void PiecewiseExponential_TimesScaled_MovesOnlyTheHazards() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 80, columns: 2);
            var fit = PiecewiseExponential.Fit(data.Spells, data.X, [2, 6]);
            var other = PiecewiseExponential.Fit(data.TimesScaled(7), data.X, [14, 42]);
            other.Coefficients.ShouldBe(fit.Coefficients, 1e-9);
            other.LogHazards.Select(value => value + Math.Log(7)).ShouldBe(fit.LogHazards, 1e-9);
            other.Expected.ShouldBe(fit.Expected, 1e-9);
            fit.Expected.Zip(data.Spells.Weights, (e, w) => e * w).Sum()
                .ShouldBe(data.Spells.Cause.Zip(data.Spells.Weights, (c, w) => c * w).Sum(), 1e-8);
        });

    [Fact]
    public void PiecewiseExponential_CutsAtEveryEvent_IsBreslowsCox()
    {
        // With an interval ending at each event time, and everybody at risk throughout, both have the same likelihood.
        var random = new Random(6);
        var x = new RowMatrix(40, 2, RandomData.Normals(6, 80));
        var spells = new Spells([.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(1, 9))], [.. Enumerable.Repeat(1, 40)]);
        var cox = CoxRegression.Fit(spells, x, options: new CoxOptions(TiesMethod.Breslow));
        var fit = PiecewiseExponential.Fit(spells, x, [.. spells.Exit.Distinct().Order().SkipLast(1)]);
        fit.Coefficients.ShouldBe(cox.Coefficients, 1e-9);
        cox.StandardErrors.ShouldBe(fit.Covariance.RootDiagonal()[fit.Split.Intervals..], 1e-9);
    }

    [Fact]
    public void DiscreteHazard_NoCovariates_ProbabilitiesAreEventsPerPersonAtRisk()
    {
        var spells = new Spells([1, 1, 2, 2, 3, 3, 3, 2], [1, 0, 1, 0, 1, 0, 0, 1]);
        var fit = DiscreteHazard.Fit(spells, new RowMatrix(8, 0), [1, 2]);
        fit.LogHazards.Select(value => 1 - Math.Exp(-Math.Exp(value))).ShouldBe([1 / 8.0, 2 / 6.0, 1 / 3.0], 1e-12);
        var curve = KaplanMeier.Fit(spells);
        Math.Exp(-fit.LogHazards.Sum(Math.Exp)).ShouldBe(curve.Survival[^1], 1e-12);
    }

    [Fact]
    public void DiscreteHazard_GroupedProportionalHazards_HaveTheSameCoefficient()
    {
        // Grouping continuous times into periods leaves the log hazard ratio what it was.
        var random = new Random(11);
        var (x, exit) = (new RowMatrix(4_000, 1), new double[4_000]);
        for (var i = 0; i < exit.Length; i++)
        {
            x[i, 0] = i % 2;
            exit[i] = Math.Min(4, Math.Ceiling(-Math.Log(1 - random.NextDouble()) * 2 * Math.Exp(-0.7 * x[i, 0])));
        }

        var spells = new Spells(exit, [.. exit.Select((time, i) => time < 4 ? 1 : random.Next(2))]);
        var fit = DiscreteHazard.Fit(spells, x, [1, 2, 3]);
        fit.Coefficients[0].ShouldBe(0.7, 3.5 * fit.Covariance.RootDiagonal()[^1]);
        fit.Covariance.RootDiagonal()[^1].ShouldBeInRange(0.02, 0.06);
    }

    [Fact]
    public void LeaveGroupOut_AnyGroup_IsTheFitToTheOthers() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 90, columns: 1);
            var left = PiecewiseExponential.Fit(data.Spells, data.X, [3]).LeaveGroupOut(data.Groups);
            var others = data.Permuted([.. Enumerable.Range(0, 90).Where(i => data.Groups[i] != 2)]);
            var fit = PiecewiseExponential.Fit(others.Spells, others.X, [3]);
            for (var row = 2; row < 90; row += 3)
            {
                var (entry, exit) = (data.Spells.Entry[row], data.Spells.Exit[row]);
                var hazard = (Math.Exp(fit.LogHazards[0]) * Math.Max(0, Math.Min(exit, 3) - Math.Min(entry, 3)))
                    + (Math.Exp(fit.LogHazards[1]) * Math.Max(0, Math.Max(exit, 3) - Math.Max(entry, 3)));
                left[row].ShouldBe(hazard * Math.Exp(fit.Coefficients[0] * data.X[row, 0]), 1e-8);
            }
        });

    [Fact]
    public void Fit_DegenerateInput_GivesTypedErrors()
    {
        var spells = new Spells([1, 2, 3, 4], [1, 1, 0, 1]);
        Should.Throw<IntervalWithoutEventsException>(() => PiecewiseExponential.Fit(spells, new RowMatrix(4, 0), [2, 3])).Intervals.ShouldBe([1], ignoreOrder: false);
        Should.Throw<IntervalWithoutEventsException>(() => PiecewiseExponential.Fit(new Spells([1, 2], [0, 0]), new RowMatrix(2, 0), []));
        Should.Throw<InvalidValueException>(() => FollowUp.Split(spells, [2, 2]));
        Should.Throw<InvalidValueException>(() => FollowUp.Split(new Spells([0, 1], [1, 1]), [])).Row.ShouldBe(0);
        Should.Throw<RankDeficientException>(() => PiecewiseExponential.Fit(spells, new RowMatrix(4, 1, [7, 7, 7, 7]), [2]));
        Should.Throw<InvalidValueException>(() => PiecewiseExponential.Fit(spells, new RowMatrix(4, 1, [1, double.NaN, 7, 7]), [2]));
        Should.Throw<SeparationException>(() => PiecewiseExponential.Fit(spells, new RowMatrix(4, 1, [0, 0, 1, 0]), []));
    }
}

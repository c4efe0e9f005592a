using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

public sealed class CompetingRisksTests
{
    [Fact]
    public void Fit_AnySpells_IncidencesAndSurvivalSumToOne() =>
        RandomData.ForAllSeeds(seed =>
        {
            var spells = SurvivalData.Random(seed, rows: 50, columns: 1, causes: 3).Spells;
            var fit = CompetingRisks.Fit(spells);
            var curve = KaplanMeier.Fit(spells);
            for (var i = 0; i < fit.Time.Length; i++)
            {
                (fit.Survival[i] + fit.Incidence.Sum(cause => cause[i])).ShouldBe(1, 1e-12);
                fit.Survival[i].ShouldBe(curve.Survival[Array.IndexOf(curve.Time, fit.Time[i])], 1e-12);
                fit.CumulativeHazard.Sum(cause => cause[i]).ShouldBe(curve.CumulativeHazard[Array.IndexOf(curve.Time, fit.Time[i])], 1e-12);
            }

            var horizon = 5.3;
            (fit.RestrictedMean(horizon).Value + fit.TimeLost(horizon).Sum(lost => lost.Value)).ShouldBe(horizon, 1e-10);
            fit.RestrictedMean(horizon).Value.ShouldBe(curve.RestrictedMean(horizon).Value, 1e-10);
            fit.RestrictedMean(horizon).StandardError.ShouldBe(curve.RestrictedMean(horizon).StandardError, 1e-9);
        });

    [Fact]
    public void Fit_OneCause_IsKaplanMeierWithGreenwood() =>
        RandomData.ForAllSeeds(seed =>
        {
            var spells = SurvivalData.Random(seed, rows: 50, columns: 1).Spells;
            var (fit, curve) = (CompetingRisks.Fit(spells), KaplanMeier.Fit(spells));
            for (var i = 0; i < fit.Time.Length; i++)
            {
                var at = Array.IndexOf(curve.Time, fit.Time[i]);
                fit.Incidence[0][i].ShouldBe(1 - curve.Survival[at], 1e-12);
                if (curve.Survival[at] > 0)
                {
                    fit.StandardError[0][i].ShouldBe(curve.StandardError[at], 1e-10);
                    fit.SurvivalStandardError[i].ShouldBe(curve.StandardError[at], 1e-10);
                }
            }
        });

    [Fact]
    public void Fit_NoCensoring_IsTheMultinomialShareWithItsError() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var exit = Enumerable.Range(0, 40).Select(_ => (double)random.Next(1, 12)).ToArray();
            var cause = Enumerable.Range(0, 40).Select(_ => random.Next(1, 3)).ToArray();
            var fit = CompetingRisks.Fit(new Spells(exit, cause));
            if (fit.Incidence.Length < 2)
            {
                return;
            }

            for (var i = 0; i < fit.Time.Length; i++)
            {
                var share = Enumerable.Range(0, 40).Count(row => cause[row] == 2 && exit[row] <= fit.Time[i]) / 40.0;
                fit.Incidence[1][i].ShouldBe(share, 1e-12);
                fit.StandardError[1][i].ShouldBe(Math.Sqrt(share * (1 - share) / 40), 1e-12);
            }

            var lost = fit.TimeLost(9.5)[1];
            var own = Enumerable.Range(0, 40).Select(row => cause[row] == 2 ? Math.Max(0, 9.5 - exit[row]) : 0).ToArray();
            lost.Value.ShouldBe(own.Average(), 1e-10);
            lost.StandardError.ShouldBe(Math.Sqrt(own.Sum(value => Math.Pow(value - own.Average(), 2)) / 40 / 40), 1e-10);
        });

    [Fact]
    public void OnlyCause_OtherCauses_AreCensorings()
    {
        var spells = new Spells([1, 2, 3, 4], [1, 2, 0, 2]);
        KaplanMeier.Fit(spells.OnlyCause(2)).Events.ShouldBe([0, 1, 0, 1]);
        CompetingRisks.Fit(spells).CumulativeHazard[1].ShouldBe([0, 1 / 3.0, 4 / 3.0], 1e-15);
    }

    [Fact]
    public void Fit_DegenerateInput_GivesTypedErrors()
    {
        Should.Throw<NoEventsException>(() => CompetingRisks.Fit(new Spells([1, 2], [0, 0])));
        Should.Throw<InvalidValueException>(() => CompetingRisks.Fit(new Spells([1, 2], [1, 0])).TimeLost(3));
        CompetingRisks.Fit(new Spells([1], [2])).Incidence.Select(cause => cause[0]).ShouldBe([0, 1]);
    }
}

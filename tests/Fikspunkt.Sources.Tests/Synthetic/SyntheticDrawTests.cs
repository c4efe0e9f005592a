using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Sources.Tests.Synthetic;

public sealed class SyntheticDrawTests
{
    private static readonly SyntheticStructure Structure = SyntheticMunicipalities.Structure;
    private static readonly SyntheticDraw Draw = SyntheticMunicipalities.Draw;

    [Fact]
    public void Truth_Total_IsTheSumOfTheGroups()
    {
        for (var area = 0; area < 98; area++)
        {
            var groups = Enumerable.Range(0, SyntheticGroup.All.Count).ToArray();
            Draw.ExpectedShare(null, area, 60, 12).ShouldBe(groups.Sum(group => Draw.ExpectedShare(group, area, 60, 12)), 1e-14);
            Draw.TrueShare(null, area, 60, 12).ShouldBe(groups.Sum(group => Draw.TrueShare(group, area, 60, 12)), 1e-14);
            Draw.TrueDifference(null, area, 60, 12).ShouldBe(groups.Sum(group => Draw.TrueDifference(group, area, 60, 12)), 1e-14);
            Draw.ActualShare(null, area, 60, 12).ShouldBe(groups.Sum(group => Draw.ActualShare(group, area, 60, 12)), 1e-14);
            Draw.ChanceVariance(null, area, 60, 12).ShouldBe(groups.Sum(group => Draw.ChanceVariance(group, area, 60, 12)), 1e-14);
        }
    }

    [Fact]
    public void ChanceVariance_OneMonth_IsBinomialTimesOverdispersion()
    {
        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            var share = Draw.TrueShares(group, 40)[70];
            var expected = SyntheticGroup.All[group].Overdispersion * share * (1 - share) / Structure.Population(40, 70);
            Draw.ChanceVariance(group, 40, 70, 1).ShouldBe(expected, 1e-12 * expected);
        }
    }

    [Fact]
    public void ChanceVariance_TwelveMonths_EqualsTheDoubleSumOverMonths()
    {
        // The naive twin: sum over pairs of months of sd_s sd_t rho^|s - t|, for a year without a jump in the level.
        const int First = 108;
        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            double sum = 0;
            for (var s = First; s < First + 12; s++)
            {
                for (var t = First; t < First + 12; t++)
                {
                    sum += Deviation(group, s) * Deviation(group, t) * Math.Pow(SyntheticGroup.All[group].Persistence, Math.Abs(s - t));
                }
            }

            var population = 12 * Structure.Population(40, First);
            Draw.ChanceVariance(group, 40, First, 12).ShouldBe(sum / (population * population), 1e-9 * sum / (population * population));
        }

        static double Deviation(int group, int month) => Structure.Population(40, month) * Math.Sqrt(Draw.ChanceVariance(group, 40, month, 1));
    }

    [Fact]
    public void ActualShare_Over300Draws_VariesAsStated()
    {
        const int Draws = 300;
        (int First, int Months, string Name)[] windows =
        [
            (50, 1, "one month"),
            (84, 12, "a calendar year that begins with a reform and a new population"),
            (78, 12, "a year across both"),
            (0, 96, "everything"),
        ];
        var structure = SyntheticStructure.Create(new SyntheticOptions(Months: 96), SyntheticMunicipalities.Few);
        var areas = structure.Municipalities.Count;
        var groups = SyntheticGroup.All.Count;
        var first = structure.Draw(1, redrawEffort: false);
        var mean = new double[windows.Length, groups + 1];
        var square = new double[windows.Length, groups + 1];
        var (truth, deviation) = (new double[windows.Length, groups + 1, areas], new double[windows.Length, groups + 1, areas]);
        ForEach((window, group, area) =>
        {
            truth[window, group, area] = first.TrueShare(Which(group), area, windows[window].First, windows[window].Months);
            deviation[window, group, area] = Math.Sqrt(first.ChanceVariance(Which(group), area, windows[window].First, windows[window].Months));
        });
        for (var seed = 1; seed <= Draws; seed++)
        {
            var draw = structure.Draw(seed, redrawEffort: false);
            ForEach((window, group, area) =>
            {
                var actual = draw.ActualShare(Which(group), area, windows[window].First, windows[window].Months);
                var z = (actual - truth[window, group, area]) / deviation[window, group, area];
                mean[window, group] += z / (areas * Draws);
                square[window, group] += z * z / (areas * Draws);
            });
        }

        // Monte-Carlo standard errors: 1 / sqrt(n) of the mean, about sqrt((2 + 6 / shape) / n) = 0.02-0.03 of the variance.
        for (var window = 0; window < windows.Length; window++)
        {
            for (var group = 0; group <= groups; group++)
            {
                mean[window, group].ShouldBe(0, 4.5 / Math.Sqrt(areas * Draws), $"mean, {windows[window].Name}, group {group}");
                square[window, group].ShouldBe(1, 0.10, $"variance, {windows[window].Name}, group {group}");
            }
        }

        int? Which(int group) => group < groups ? group : null;
        void ForEach(Action<int, int, int> action)
        {
            for (var window = 0; window < windows.Length; window++)
            {
                for (var group = 0; group <= groups; group++)
                {
                    for (var area = 0; area < areas; area++)
                    {
                        action(window, group, area);
                    }
                }
            }
        }
    }

    [Fact]
    public void Persons_EveryCell_AreNotNegativeAndHaveOneDecimal()
    {
        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            for (var area = 0; area < 98; area++)
            {
                foreach (var persons in Draw.Persons(group, area))
                {
                    persons.ShouldBeGreaterThanOrEqualTo(0);
                    persons.ShouldBe(Math.Round(persons, 1));
                }
            }
        }
    }

    [Fact]
    public void Effects_Over1000Draws_CovaryAsTheParametersSay()
    {
        const int Draws = 1000;
        const int Area = 7;
        var structure = SyntheticStructure.Create(new SyntheticOptions(Months: 12), SyntheticMunicipalities.Few);
        var differences = new double[SyntheticGroup.All.Count][];
        for (var group = 0; group < differences.Length; group++)
        {
            differences[group] = new double[Draws];
        }

        for (var seed = 0; seed < Draws; seed++)
        {
            var draw = structure.Draw(seed);
            for (var group = 0; group < differences.Length; group++)
            {
                differences[group][seed] = draw.TrueDifference(group, Area, 0, 12);
            }
        }

        foreach (var vessel in SyntheticVessel.All)
        {
            var (from, to) = (SyntheticMunicipalities.Group(vessel.From), SyntheticMunicipalities.Group(vessel.To));
            var stated = StatedCorrelation(structure, Area, from, to);
            Correlation(differences[from], differences[to]).ShouldBe(stated, 0.08, $"{vessel.From} - {vessel.To}");
            Math.Sqrt(differences[from].Average(x => x * x)).ShouldBe(Math.Sqrt(StatedCovariance(structure, Area, from, from)), 0.06 * Math.Sqrt(StatedCovariance(structure, Area, from, from)));
            differences[from].Average().ShouldBe(0, 4 * Math.Sqrt(StatedCovariance(structure, Area, from, from) / Draws));
        }
    }

    [Fact]
    public void Effects_GroupsThatPracticeConnects_CorrelateNegatively()
    {
        // In 2024, over municipalities and 50 draws, as the parameters and the national levels say; the figures stand in docs/methods/synthetic-denmark.md.
        var draws = Enumerable.Range(0, 50).Select(seed => Structure.Draw(seed)).ToList();

        Correlation(Relative("kontanthjaelp"), Relative("ressourceforloeb")).ShouldBe(-0.43, 0.05);
        Correlation(Relative("sygedagpenge"), Relative("jobafklaringsforloeb")).ShouldBe(-0.44, 0.05);
        Correlation(Relative("ledighedsydelse"), Relative("fleksjob")).ShouldBe(-0.20, 0.05);

        double[] Relative(string id)
        {
            var group = SyntheticMunicipalities.Group(id);
            return [.. draws.SelectMany(draw => Enumerable.Range(0, 98).Select(area => draw.TrueDifference(group, area, 108, 12) / draw.ExpectedShare(group, area, 108, 12)))];
        }
    }

    [Fact]
    public void Practice_GoodAndPoor_HaveTrueDifferencesOfTheirSign()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var draw = Structure.Draw(seed);
            var practices = Enumerable.Range(0, 98).GroupBy(draw.Practice).ToDictionary(areas => areas.Key, areas => areas.ToArray());
            practices[SyntheticPractice.Good].Length.ShouldBe(5);
            practices[SyntheticPractice.Poor].Length.ShouldBe(5);
            practices[SyntheticPractice.Good].ShouldAllBe(area => draw.TrueDifference(null, area, 108, 12) < -0.002);
            practices[SyntheticPractice.Poor].ShouldAllBe(area => draw.TrueDifference(null, area, 108, 12) > 0.002);
        }
    }

    [Fact]
    public void Draw_EffortKept_ChangesChanceOnly()
    {
        var one = Structure.Draw(11, redrawEffort: false);
        var other = Structure.Draw(12, redrawEffort: false);

        one.TrueShares(3, 20).ToArray().ShouldBe(other.TrueShares(3, 20).ToArray());
        one.Persons(3, 20).ToArray().ShouldNotBe(other.Persons(3, 20).ToArray());
        Structure.Draw(11).TrueShares(3, 20).ToArray().ShouldNotBe(one.TrueShares(3, 20).ToArray());
    }

    [Fact]
    public void Draw_EffortScaleZero_HasNoTrueDifference()
    {
        var draw = SyntheticStructure.Create(new SyntheticOptions(Months: 24, EffortScale: 0), SyntheticMunicipalities.Few).Draw(5);
        for (var area = 0; area < draw.Structure.Municipalities.Count; area++)
        {
            draw.TrueDifference(null, area, 0, 24).ShouldBe(0, 1e-15);
        }
    }

    /// <summary>From the parameters alone: every effect is a sum of independent parts, of the common effort, of the group's own and of each vessel.</summary>
    private static double StatedCovariance(SyntheticStructure structure, int area, int one, int other)
    {
        var outstanding = 2 * (Math.Round(structure.Municipalities.Count / (double)SyntheticEffort.OneInSoMany)) / (double)structure.Municipalities.Count;
        var common = Math.Pow(SyntheticEffort.CommonStandardDeviation, 2) + (outstanding * Math.Pow(SyntheticEffort.Outstanding, 2));
        var own = one == other ? Math.Pow(SyntheticEffort.GroupStandardDeviation, 2) : 0;
        var covariance = (common + own) * SyntheticGroup.All[one].EffortLoading * SyntheticGroup.All[other].EffortLoading * Expected(one) * Expected(other);
        foreach (var vessel in SyntheticVessel.All)
        {
            covariance += Math.Pow(vessel.StandardDeviation, 2) * Brings(vessel, one) * Brings(vessel, other);
        }

        return covariance;

        double Expected(int group) => structure.ExpectedShares(group, area).ToArray().Average();
        double Brings(SyntheticVessel vessel, int group)
        {
            var id = SyntheticGroup.All[group].Id;
            var source = Expected(SyntheticMunicipalities.Group(vessel.From));
            return id == vessel.From ? -source : id == vessel.To ? vessel.Kept * source : 0;
        }
    }

    private static double StatedCorrelation(SyntheticStructure structure, int area, int one, int other) =>
        StatedCovariance(structure, area, one, other) / Math.Sqrt(StatedCovariance(structure, area, one, one) * StatedCovariance(structure, area, other, other));

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}

using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Sources.Tests.Synthetic;

public sealed class SyntheticStructureTests
{
    private static readonly SyntheticStructure Structure = SyntheticMunicipalities.Structure;

    [Fact]
    public void NationalShare_EveryGroupAndYear_IsItsLevel()
    {
        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            for (var month = 0; month < 120; month += 7)
            {
                NationalShare(group, month).ShouldBe(NationalLevels.Share(SyntheticGroup.All[group], month), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("a-dagpenge", 2.0)]
    [InlineData("kontanthjaelp", 1.7)]
    [InlineData("uddannelseshjaelp", 0.9)]
    [InlineData("selvforsoergelses-og-hjemrejseydelse", 0.3)]
    [InlineData("sygedagpenge", 1.7)]
    [InlineData("jobafklaringsforloeb", 0.4)]
    [InlineData("ressourceforloeb", 0.5)]
    [InlineData("revalidering", 0.06)]
    [InlineData("ledighedsydelse", 0.35)]
    [InlineData("fleksjob", 2.2)]
    [InlineData("foertidspension", 6.0)]
    [InlineData("tidlig-pension", 0.8)]
    public void NationalShare_MeanOverTenYears_IsPlausible(string id, double perCent)
    {
        var group = SyntheticMunicipalities.Group(id);
        (100 * Enumerable.Range(0, 120).Average(month => NationalShare(group, month))).ShouldBe(perCent, 0.25 * perCent);
    }

    [Fact]
    public void ExpectedShares_TwoOfOneCommutingArea_DifferAsTheirConditionsDo()
    {
        // 151 and 159 share the commuting area, so months do not matter: logit p - logit q = sum beta_k (x_k - z_k).
        var (one, other) = (Position("151"), Position("159"));
        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            var effects = SyntheticGroup.All[group].Effects;
            foreach (var month in new[] { 0, 63, 119 })
            {
                double difference = 0;
                for (var k = 0; k < 8; k++)
                {
                    var (x, z) = (Structure.Condition(k, one, month), Structure.Condition(k, other, month));
                    difference += effects[k] / SyntheticConditions.Scales[k] * (k == 7 ? Math.Log(x / z) : x - z);
                }

                (Logit(Structure.ExpectedShares(group, one)[month]) - Logit(Structure.ExpectedShares(group, other)[month])).ShouldBe(difference, 1e-10);
            }
        }
    }

    [Fact]
    public void ExpectedTotal_OverMunicipalities_HasTheRealSpread()
    {
        var totals = Enumerable.Range(0, 98).Select(area => 100 * SyntheticMunicipalities.Draw.ExpectedShare(null, area, 108, 12)).ToArray();

        totals.Min().ShouldBeInRange(7, 11);
        totals.Max().ShouldBeInRange(24, 34);
        totals[Position("157")].ShouldBeLessThan(11);
        totals[Position("360")].ShouldBeGreaterThan(24);
    }

    [Theory]
    [InlineData("low_education_pct", "poor_health_pct", 0.6, 0.95)]
    [InlineData("low_education_pct", "disposable_income", -0.95, -0.6)]
    [InlineData("non_western_origin_pct", "owner_occupied_dwelling_share_pct", -0.9, -0.5)]
    [InlineData("non_western_origin_pct", "age_50_66_pct", -0.8, -0.3)]
    [InlineData("one_person_household_share_pct", "owner_occupied_dwelling_share_pct", -0.8, -0.2)]
    [InlineData("commuting_area_employment_pct", "non_western_origin_pct", -0.5, 0.5)]
    public void Conditions_Pairs_CorrelateAsInReality(string one, string other, double least, double most)
    {
        var x = Values(one);
        var y = Values(other);

        Correlation(x, y).ShouldBeInRange(least, most);
    }

    [Fact]
    public void Conditions_NeighbouringYears_DriftSlowly()
    {
        for (var k = 0; k < SyntheticConditions.Ids.Count; k++)
        {
            var before = Enumerable.Range(0, 98).Select(area => Structure.Condition(k, area, 96)).ToArray();
            var after = Enumerable.Range(0, 98).Select(area => Structure.Condition(k, area, 108)).ToArray();
            Correlation(before, after).ShouldBeGreaterThan(k == SyntheticConditions.Employment ? 0.7 : 0.99);
        }
    }

    [Fact]
    public void Create_OtherOrderOfMunicipalities_GivesTheSameMunicipalities()
    {
        var reversed = SyntheticStructure.Create(new SyntheticOptions(), [.. SyntheticMunicipalities.All.Reverse()]);
        var draw = reversed.Draw(3);
        var expected = Structure.Draw(3);
        for (var area = 0; area < 98; area++)
        {
            draw.Practice(97 - area).ShouldBe(expected.Practice(area));
            for (var k = 0; k < 8; k++)
            {
                reversed.Condition(k, 97 - area, 50).ShouldBe(Structure.Condition(k, area, 50));
            }

            draw.TrueShare(4, 97 - area, 0, 120).ShouldBe(expected.TrueShare(4, area, 0, 120), 1e-12);
            draw.ActualShare(4, 97 - area, 0, 120).ShouldBe(expected.ActualShare(4, area, 0, 120), 1e-9);
        }
    }

    [Theory]
    [InlineData(11, 1, 1, 0)]
    [InlineData(241, 1, 1, 0)]
    [InlineData(120, -0.1, 1, 0)]
    [InlineData(120, double.NaN, 1, 0)]
    [InlineData(120, 1, 0, 0)]
    [InlineData(120, 1, 1, 1.1)]
    public void Create_OptionOutOfRange_Throws(int months, double effort, double overdispersion, double gaps) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SyntheticStructure.Create(new SyntheticOptions(1, months, effort, overdispersion, gaps), SyntheticMunicipalities.All));

    [Fact]
    public void Create_UnknownMunicipality_Throws() =>
        Should.Throw<ArgumentException>(() => SyntheticStructure.Create(new SyntheticOptions(), [SyntheticMunicipalities.All[0] with { Code = "411" }])).Message.ShouldContain("411");

    private static int Position(string code) => Enumerable.Range(0, 98).Single(area => Structure.Municipalities[area].Code == code);

    private static double[] Values(string id) => [.. Enumerable.Range(0, 98).Select(area => Structure.Condition(SyntheticConditions.Ids.ToList().IndexOf(id), area, 108))];

    private static double NationalShare(int group, int month)
    {
        var population = Enumerable.Range(0, 98).Sum(area => Structure.Population(area, month));
        return Enumerable.Range(0, 98).Sum(area => Structure.Population(area, month) * Structure.ExpectedShares(group, area)[month]) / population;
    }

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}

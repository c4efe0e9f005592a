using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Sources.Tests.Synthetic;

public sealed class SyntheticSupervisionTests
{
    private static readonly SyntheticDraw Draw = SyntheticMunicipalities.Draw;
    private static readonly IReadOnlyList<SyntheticSupervisedYear> Years = SyntheticSupervision.Of(Draw, 2024);

    [Fact]
    public void Of_Truth_IsADistributionOverTheCells()
    {
        Years.Count.ShouldBe(98);
        foreach (var own in Years)
        {
            own.TrueShares.Count.ShouldBe(SyntheticSupervision.Cells.Count);
            own.TrueShares.Sum().ShouldBe(1, 1e-12);
            own.TrueShares.ShouldAllBe(share => share > 0);
            own.Counts.Sum().ShouldBeLessThanOrEqualTo(own.Citizens);
        }

        // The rule's point: who has paid hours has more often no offer.
        foreach (var own in Years)
        {
            PaidWithout(own, offer: false).ShouldBeGreaterThan(PaidWithout(own, offer: true));
        }

        static double PaidWithout(SyntheticSupervisedYear own, bool offer)
        {
            var cells = SyntheticSupervision.Cells.Zip(own.TrueShares).Where(pair => pair.First.Offer == offer).ToList();
            return cells.Where(pair => pair.First.PaidHours).Sum(pair => pair.Second) / cells.Sum(pair => pair.Second);
        }
    }

    [Fact]
    public void Of_Counts_VaryBinomiallyAroundTheTruth()
    {
        // Pearson's statistic over many replications of one municipality has the mean and spread of chi squared with 7 degrees of freedom.
        var structure = SyntheticStructure.Create(new SyntheticOptions(Months: 12), SyntheticMunicipalities.Few);
        var (sum, longer, trials) = (0.0, 0.0, 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            foreach (var own in SyntheticSupervision.Of(structure.Draw(seed, redrawEffort: false), 2015))
            {
                var all = own.Counts.Sum();
                sum += own.Counts.Zip(own.TrueShares, (count, share) => (count - (all * share)) * (count - (all * share)) / (all * share)).Sum();
                longer += (all - (own.Citizens * own.TrueLongShare)) / Math.Sqrt(own.Citizens * own.TrueLongShare * (1 - own.TrueLongShare));
                trials++;
            }
        }

        (sum / trials).ShouldBe(7, 4 * Math.Sqrt(14.0 / trials));
        (longer / trials).ShouldBe(0, 4 / Math.Sqrt(trials));
    }

    [Fact]
    public void Of_AnotherChance_LeavesTheTruthAlone()
    {
        var other = SyntheticSupervision.Of(Draw.Structure.Draw(99, redrawEffort: false), 2024);

        other.SelectMany(own => own.TrueShares).ShouldBe(Years.SelectMany(own => own.TrueShares));
        other.Select(own => own.Citizens).ShouldBe(Years.Select(own => own.Citizens));
        other.SelectMany(own => own.Counts).ShouldNotBe(Years.SelectMany(own => own.Counts));
    }

    [Theory]
    [InlineData(2014)]
    [InlineData(2025)]
    public void Of_YearOutsideThePanel_IsRefused(int year) => Should.Throw<ArgumentOutOfRangeException>(() => SyntheticSupervision.Of(Draw, year));

    [Fact]
    public void Observe_SmallCounts_AreHidden()
    {
        var cells = SyntheticSupervision.Observe(Draw).ToList();

        cells.Count.ShouldBe(98 * 10 * 9);
        cells.ShouldAllBe(cell => cell.Value == null ? cell.Status == ObservationStatus.Suppressed : cell.Value == 0 || cell.Value >= 3);
        cells.ShouldContain(cell => cell.Status == ObservationStatus.Suppressed);
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(10, 0.3)]
    [InlineData(1000, 0.3)]
    [InlineData(1000, 0.001)]
    [InlineData(50, 1)]
    [InlineData(50, 0)]
    public void NextBinomial_ManyDraws_HaveMeanAndVarianceOfTheBinomial(int trials, double probability)
    {
        const int Draws = 20_000;
        var stream = new SplitStream(7, StreamPurpose.SupervisionCount);
        var (sum, squares) = (0.0, 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            var happened = stream.NextBinomial(trials, probability);
            happened.ShouldBeInRange(0, trials);
            (sum, squares) = (sum + happened, squares + (((double)happened - (trials * probability)) * (happened - (trials * probability))));
        }

        var variance = trials * probability * (1 - probability);
        (sum / Draws).ShouldBe(trials * probability, (4 * Math.Sqrt(variance / Draws)) + 1e-12);
        (squares / Draws).ShouldBe(variance, (4 * variance * Math.Sqrt(3.0 / Draws)) + 1e-12);
    }
}

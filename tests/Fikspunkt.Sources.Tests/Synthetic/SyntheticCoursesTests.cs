using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Sources.Tests.Synthetic;

public sealed class SyntheticCoursesTests
{
    private static readonly SyntheticDraw Draw = SyntheticMunicipalities.Draw;
    private static readonly IReadOnlyList<SyntheticCourseYear> Years = SyntheticCourses.Of(Draw, 2024);

    [Fact]
    public void Of_LongerCourses_GoWithMorePersonsThanExpected_AndLessWorkAfterwards()
    {
        var excess = Enumerable.Range(0, Years.Count).Select(area => Math.Log(Draw.TrueShare(null, area, 108, 12) / Draw.ExpectedShare(null, area, 108, 12))).ToArray();

        Correlation(excess, [.. Years.Select(own => own.TrueWeeks)]).ShouldBeGreaterThan(0.2);
        Correlation(excess, [.. Years.Select(own => own.TrueEmployedShare)]).ShouldBeLessThan(-0.2);
    }

    [Fact]
    public void Of_Chance_IsThatOfExponentialLengthsAndIndependentPersons()
    {
        var structure = SyntheticStructure.Create(new SyntheticOptions(Months: 12), SyntheticMunicipalities.Few);
        var (length, lengthSquares, work, workSquares, trials) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            foreach (var own in SyntheticCourses.Of(structure.Draw(seed, redrawEffort: false), 2015))
            {
                var z = (own.AverageWeeks - own.TrueWeeks) / (own.TrueWeeks / Math.Sqrt(own.Ended));
                var w = (own.Employed - (own.Ended * own.TrueEmployedShare)) / Math.Sqrt(own.Ended * own.TrueEmployedShare * (1 - own.TrueEmployedShare));
                (length, lengthSquares, work, workSquares, trials) = (length + z, lengthSquares + (z * z), work + w, workSquares + (w * w), trials + 1);
            }
        }

        (length / trials).ShouldBe(0, 4 / Math.Sqrt(trials));
        (work / trials).ShouldBe(0, 4 / Math.Sqrt(trials));
        (lengthSquares / trials).ShouldBe(1, 4 * Math.Sqrt(2.0 / trials));
        (workSquares / trials).ShouldBe(1, 4 * Math.Sqrt(2.0 / trials));
    }

    [Fact]
    public void Of_AnotherChance_LeavesTheTruthAlone()
    {
        var other = SyntheticCourses.Of(Draw.Structure.Draw(99, redrawEffort: false), 2024);

        other.Select(own => (own.Ended, own.TrueWeeks, own.TrueEmployedShare)).ShouldBe(Years.Select(own => (own.Ended, own.TrueWeeks, own.TrueEmployedShare)));
        other.Select(own => own.AverageWeeks).ShouldNotBe(Years.Select(own => own.AverageWeeks));
    }

    [Theory]
    [InlineData(2014)]
    [InlineData(2025)]
    public void Of_YearOutsideThePanel_IsRefused(int year) => Should.Throw<ArgumentOutOfRangeException>(() => SyntheticCourses.Of(Draw, year));

    [Fact]
    public void Observe_EveryMunicipalityAndYear_HasEachFigure_AndSmallCountsAreHidden()
    {
        var cells = SyntheticCourses.Observe(Draw).ToList();

        cells.Count.ShouldBe(98 * 10 * 3);
        cells.Where(cell => cell.Period == Period.OfYear(2024)).ShouldAllBe(cell => cell.Status == ObservationStatus.Ok);
        cells.ShouldAllBe(cell => cell.Value == null || cell.Value == 0 || cell.Value >= 3);
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}

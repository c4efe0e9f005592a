using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Tests.Rates;

public sealed class StandardisationTests
{
    private static readonly double[] Events = [3, 8, 15, 40];
    private static readonly double[] Persons = [1200, 2500, 1800, 900];
    private static readonly double[] Standard = [24000, 31000, 28000, 17000];
    private static readonly double[] ReferenceEvents = [300, 700, 1600, 3900];
    private static readonly double[] ReferencePersons = [110000, 240000, 190000, 95000];

    // R 4.2.2, by the formulas of calculate_dsr (PHEindicatormethods) and of Fay and Feuer with qgamma.
    [Theory]
    [InlineData(DirectMethod.Dobson, 0.95, 0.0088555526081460136, 0.01463477688681788)]
    [InlineData(DirectMethod.Dobson, 0.998, 0.0075651461034947068, 0.016604036291303935)]
    [InlineData(DirectMethod.FayFeuer, 0.95, 0.0088575300291495671, 0.014667084305923121)]
    [InlineData(DirectMethod.FayFeuer, 0.998, 0.0075732777266541229, 0.016639891671328868)]
    public void Direct_FourStrata_IsRs(DirectMethod method, double confidence, double lower, double upper)
    {
        var direct = Standardisation.Direct(Events, Persons, Standard, confidence, method);
        (direct.Events, direct.Exposure).ShouldBe((66, 6400));
        direct.Rate.ShouldBe(0.011480888888888889, 1e-16);
        direct.Variance.ShouldBe(2.0331314567901236e-06, 1e-20);
        direct.Interval.Lower.ShouldBe(lower, 1e-14);
        direct.Interval.Upper.ShouldBe(upper, 1e-14);
    }

    [Fact]
    public void Indirect_FourStrata_IsRs()
    {
        // R 4.2.2, by the formulas of calculate_ISRatio and calculate_ISRate (PHEindicatormethods).
        var many = Standardisation.Indirect(Events, Persons, ReferenceEvents, ReferencePersons);
        many.Expected.ShouldBe(62.669657097288678, 1e-12);
        many.Method.ShouldBe(CountMethod.Byar);
        Close(many, [1.053141233843697, 0.81446077737953682, 1.3398745687327118, 0.010780185858242567, 0.0083370000834125813, 0.013715251490964765]);
        var few = Standardisation.Indirect([1, 2, 3, 0], Persons, ReferenceEvents, ReferencePersons);
        few.Method.ShouldBe(CountMethod.Exact);
        Close(few, [0.095740112167608818, 0.035134933801737891, 0.20838591796098541, 0.0009800168962038698, 0.00035964892867920673, 0.002133084199600638]);

        static void Close(IndirectRate found, double[] expected)
        {
            double[] numbers = [found.Ratio, found.RatioInterval.Lower, found.RatioInterval.Upper, found.Rate, found.RateInterval.Lower, found.RateInterval.Upper];
            numbers.ShouldBe(expected, 1e-12);
        }
    }

    [Fact]
    public void Direct_OneStratum_IsTheCrudeRate()
    {
        var direct = Standardisation.Direct([20], [500], [7]);
        direct.Rate.ShouldBe(0.04, 1e-17);
        direct.Interval.Lower.ShouldBe(PoissonCount.Byar(20, 0.95).Lower / 500, 1e-16);
        var gamma = Standardisation.Direct([20], [500], [7], method: DirectMethod.FayFeuer);
        gamma.Interval.Lower.ShouldBe(PoissonCount.Exact(20, 0.95).Lower / 500, 1e-14);
        gamma.Interval.Upper.ShouldBe(PoissonCount.Exact(20, 0.95).Upper / 500, 1e-14);
    }

    [Fact]
    public void Direct_OwnPopulationAsStandard_IsTheCrudeRate() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            double[] persons = [.. Enumerable.Range(0, 5).Select(_ => (double)random.Next(100, 10_000))];
            double[] events = [.. persons.Select(count => (double)random.Next(5, (int)count))];
            var crude = events.Sum() / persons.Sum();
            var own = Standardisation.Direct(events, persons, persons);
            own.Rate.ShouldBe(crude, 1e-14);
            own.Interval.Upper.ShouldBe(PoissonCount.Byar(events.Sum(), 0.95).Upper / persons.Sum(), 1e-12);
            var scaled = Standardisation.Direct(events, persons, [.. persons.Select(count => count * 1e6)]);
            scaled.Rate.ShouldBe(own.Rate, 1e-14);
            var indirect = Standardisation.Indirect(events, persons, events, persons);
            indirect.Ratio.ShouldBe(1, 1e-13);
            indirect.Rate.ShouldBe(crude, 1e-14);
        });

    [Fact]
    public void Direct_FewEvents_IsNotGivenUnlessAskedFor()
    {
        var few = Standardisation.Direct([3, 6], [100, 200], [1, 1]);
        (few.Rate, few.Interval.Lower, few.Events).ShouldBe((double.NaN, double.NaN, 9));
        Standardisation.Direct([3, 6], [100, 200], [1, 1], fewestEvents: 9).Rate.ShouldBe(0.03, 1e-16);
        var none = Standardisation.Direct([0, 0], [100, 200], [1, 1], method: DirectMethod.FayFeuer, fewestEvents: 0);
        none.Interval.Lower.ShouldBe(0);

        // Without events the upper limit is the exact one of no events, in the stratum that weighs most: -log(0.025) / 2 / 100.
        none.Interval.Upper.ShouldBe(-Math.Log(0.025) / 200, 1e-15);
    }

    [Fact]
    public void Standardisation_ImpossibleInput_Throws()
    {
        Should.Throw<InvalidValueException>(() => Standardisation.Direct([1, -1], [5, 5], [1, 1])).Argument.ShouldBe("events");
        Should.Throw<InvalidValueException>(() => Standardisation.Direct([1, 1], [5, 0], [1, 1])).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => Standardisation.Direct([1, 1], [5, 5], [0, 0])).Argument.ShouldBe("standard");
        Should.Throw<InvalidValueException>(() => Standardisation.Direct([1, double.NaN], [5, 5], [1, 1]));
        Should.Throw<InvalidValueException>(() => Standardisation.Direct([1, 1], [5, 5], [1, 1], confidence: 1)).Argument.ShouldBe("confidence");
        Should.Throw<ArgumentException>(() => Standardisation.Direct([1], [5, 5], [1, 1]));
        Should.Throw<NoEventsException>(() => Standardisation.Indirect([1], [5], [0], [5]));
        Should.Throw<InvalidValueException>(() => Standardisation.Indirect([1], [5], [double.PositiveInfinity], [5]));
    }

    [Theory]
    [InlineData(0.5, Polarity.HigherIsBetter, ComparisonClass.Similar)]
    [InlineData(0.4, Polarity.HigherIsBetter, ComparisonClass.Similar)]
    [InlineData(0.39, Polarity.HigherIsBetter, ComparisonClass.Better)]
    [InlineData(0.2, Polarity.HigherIsBetter, ComparisonClass.MuchBetter)]
    [InlineData(0.61, Polarity.HigherIsBetter, ComparisonClass.Worse)]
    [InlineData(0.9, Polarity.HigherIsBetter, ComparisonClass.MuchWorse)]
    [InlineData(0.39, Polarity.LowerIsBetter, ComparisonClass.Worse)]
    [InlineData(0.2, Polarity.LowerIsBetter, ComparisonClass.MuchWorse)]
    [InlineData(0.61, Polarity.LowerIsBetter, ComparisonClass.Better)]
    [InlineData(0.9, Polarity.LowerIsBetter, ComparisonClass.MuchBetter)]
    [InlineData(0.39, Polarity.NotJudged, ComparisonClass.Higher)]
    [InlineData(0.2, Polarity.NotJudged, ComparisonClass.MuchHigher)]
    [InlineData(0.61, Polarity.NotJudged, ComparisonClass.Lower)]
    [InlineData(0.9, Polarity.NotJudged, ComparisonClass.MuchLower)]
    [InlineData(double.NaN, Polarity.NotJudged, ComparisonClass.NotCompared)]
    public void Classify_ReferenceAroundTheIntervals_IsTheSideItLiesOn(double reference, Polarity polarity, ComparisonClass expected) =>
        ReferenceComparison.Classify(new Interval(0.4, 0.6), new Interval(0.3, 0.7), reference, polarity).ShouldBe(expected);

    [Fact]
    public void Classify_MissingOrCrossedLimits_AreHandled()
    {
        ReferenceComparison.Classify(new Interval(double.NaN, double.NaN), new Interval(double.NaN, double.NaN), 1, Polarity.NotJudged).ShouldBe(ComparisonClass.NotCompared);
        ReferenceComparison.Classify(new Interval(double.NaN, 5), new Interval(double.NaN, 9), 7, Polarity.NotJudged).ShouldBe(ComparisonClass.Lower);
        Should.Throw<ArgumentException>(() => ReferenceComparison.Classify(new Interval(1, 2), new Interval(1.5, 3), 1, Polarity.NotJudged));
    }

    [Fact]
    public void Classify_AgainstTheReference_AgreesWithTheNormalFunnel() =>
        RandomData.ForAllSeeds(seed =>
        {
            // Wilson's interval turned round: the target lies outside it exactly where the share lies outside the funnel.
            var random = new Random(seed);
            var (size, target) = (random.Next(5, 3000), 0.05 + (0.9 * random.NextDouble()));
            var events = random.Next(0, size + 1);
            var (narrow, wide) = (Funnel.Normal(target, [size], 0.95), Funnel.Normal(target, [size], 0.998));
            double Share() => (double)events / size;
            var inFunnel = Share() < wide.Lower[0] ? ComparisonClass.MuchLower : Share() < narrow.Lower[0] ? ComparisonClass.Lower
                : Share() > wide.Upper[0] ? ComparisonClass.MuchHigher : Share() > narrow.Upper[0] ? ComparisonClass.Higher : ComparisonClass.Similar;
            ReferenceComparison.Classify(Wilson.Interval(events, size, 0.95), Wilson.Interval(events, size, 0.998), target, Polarity.NotJudged).ShouldBe(inFunnel);
        });

    // calculate_funnel_limits for proportions (PHEindicatormethods), run in R 4.2.2 at an average of 0.13; cut at 0.
    [Theory]
    [InlineData(50, 0.95, 0.036783156820185618, 0.22321684317981436)]
    [InlineData(50, 0.998, 0, 0.27697295590400395)]
    [InlineData(800, 0.95, 0.10669578920504634, 0.15330421079495371)]
    [InlineData(800, 0.998, 0.093256761023998977, 0.16674323897600105)]
    [InlineData(12000, 0.95, 0.12398287864630916, 0.13601712135369087)]
    [InlineData(12000, 0.998, 0.12051293649068202, 0.13948706350931797)]
    public void FunnelNormal_WithoutOverdispersion_IsEnglandsFunnel(double size, double coverage, double lower, double upper)
    {
        var limits = Funnel.Normal(0.13, [size], coverage);
        limits.Lower[0].ShouldBe(lower, 1e-15);
        limits.Upper[0].ShouldBe(upper, 1e-15);
    }
}

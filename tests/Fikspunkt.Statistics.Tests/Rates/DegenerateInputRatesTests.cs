using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Tests.Rates;

/// <summary>Input that breaks careless arithmetic gives a typed fault or the documented value.</summary>
public sealed class DegenerateInputRatesTests
{
    private static readonly double[] Numbers =
        [0, 5e-324, 1e-300, 1e-12, 1, 9.999, 1e4, 1e9, 1e15, 1e300, double.MaxValue, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly double[] Confidences = [1e-12, 0.5, 0.95, 1 - 1e-12, 0, 1, double.NaN];

    [Fact]
    public void Intervals_AnyNumbers_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from events in Numbers
        from trials in Numbers
        from confidence in Confidences
        from call in new (string Name, Func<object> Call)[]
        {
            ("Wilson", () => Wilson.Interval(events, trials, confidence)),
            ("Clopper-Pearson", () => ClopperPearson.Interval(events, trials, confidence)),
        }
        select (FormattableString.Invariant($"{call.Name} {events} of {trials} at {confidence}"), call.Call));

    [Fact]
    public void ClopperPearson_LargestNumberOfTrials_AgreesWithWilson()
    {
        var (exact, wilson) = (ClopperPearson.Interval(3e8, ClopperPearson.Largest, 0.95), Wilson.Interval(3e8, ClopperPearson.Largest, 0.95));
        (exact.Lower, exact.Upper).ShouldSatisfyAllConditions(
            limits => limits.Lower.ShouldBe(wilson.Lower, 1e-8),
            limits => limits.Upper.ShouldBe(wilson.Upper, 1e-8));
        Should.Throw<InvalidValueException>(() => ClopperPearson.Interval(1, 2e9, 0.95)).Argument.ShouldBe("trials");
        Should.Throw<InvalidValueException>(() => Funnel.Exact(0.3, [1e4, 2e9], 0.95)).Row.ShouldBe(1);
    }

    [Fact]
    public void PoissonIntervals_AnyNumbers_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from events in Numbers
        from confidence in Confidences
        from call in new (string Name, Func<object> Call)[]
        {
            ("exact", () => PoissonCount.Exact(events, confidence)),
            ("Byar's upper", () => PoissonCount.Byar(events, confidence).Upper), // The lower one is NaN by documentation with very few events.
        }
        select (FormattableString.Invariant($"{call.Name} {events} at {confidence}"), call.Call));

    [Fact]
    public void Standardisation_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from events in Hostile.Positive
        from exposure in Hostile.Positive
        from standard in Hostile.Positive
        from call in new (string Name, Func<object> Call)[]
        {
            ("Dobson", () => Standardisation.Direct(events.Values, exposure.Values, standard.Values)),
            ("Fay-Feuer", () => Standardisation.Direct(events.Values, exposure.Values, standard.Values, method: DirectMethod.FayFeuer, fewestEvents: 0)),
            ("indirect", () => Standardisation.Indirect(events.Values, exposure.Values, standard.Values, exposure.Values)),
        }
        select ($"{call.Name}: {events.Name}, exposure {exposure.Name}, standard {standard.Name}", call.Call),
        nameof(DirectRate.Rate),
        nameof(DirectRate.Variance),
        nameof(DirectRate.Interval));

    [Fact]
    public void Funnel_AnySizesAndTargets_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from sizes in Hostile.Positive.Append(("a million", [1e6, 3e6, 1e7, 1e9, 1e12, 1e15]))
        from target in new[] { 0, 5e-324, 1e-9, 0.3, 1 - 1e-12, 1, double.NaN }
        from call in new (string Name, Func<object> Call)[]
        {
            ("exact", () => Funnel.Exact(target, sizes.Values, 0.95)),
            ("normal", () => Funnel.Normal(target, sizes.Values, 0.998, phi: 2, tauSquared: 0.1)),
            ("dispersion", () => Funnel.Dispersion([0.1, 0.2, 0.3, 0.1, 0.2, 0.3], sizes.Values, target)),
        }
        select (FormattableString.Invariant($"{call.Name}: sizes {sizes.Name}, target {target}"), call.Call));
}

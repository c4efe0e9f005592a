using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Input that breaks careless arithmetic gives a typed fault or the documented value.</summary>
public sealed class DegenerateInputFrontiersTests
{
    // NaN by documentation: units out of reach, and what belongs to them.
    private static readonly string[] Undefined =
    [
        nameof(FrontierResult.Efficiency), nameof(FrontierResult.InputMultipliers), nameof(FrontierResult.OutputMultipliers), nameof(FrontierResult.Intercept),
        nameof(SlackResult.Sum), nameof(SlackResult.InputSlacks), nameof(SlackResult.OutputSlacks), nameof(InfluenceResult.SuperEfficiency),
    ];

    [Fact]
    public void Dea_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from x in Hostile.Positive
        from y in Hostile.Positive
        from returns in Enum.GetValues<ReturnsToScale>()
        from orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output, FrontierOrientation.Graph }
        let options = new FrontierOptions(returns, orientation)
        let inputs = RowMatrix.FromColumns(x.Values, [3, 1, 4, 1, 5, 9])
        let outputs = RowMatrix.FromColumns(y.Values, [2, 7, 1, 8, 2, 8])
        from call in new (string Name, Func<object> Call)[]
        {
            ("efficiency", () => Dea.Efficiency(inputs, outputs, options)),
            ("super-efficiency", () => Dea.SuperEfficiency(inputs, outputs, options)),
            ("slacks", () => Slacks.SecondStage(inputs, outputs, options)),
            ("additive", () => Slacks.Additive(inputs, outputs, options)),
        }
        select ($"{call.Name} {returns} {orientation}: inputs {x.Name}, outputs {y.Name}", call.Call),
        Undefined);

    [Fact]
    public void Dea_SingleHostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from x in Hostile.Positive
        from y in Hostile.Positive
        from returns in Enum.GetValues<ReturnsToScale>()
        from orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output }
        let options = new FrontierOptions(returns, orientation)
        let inputs = RowMatrix.FromColumns(x.Values)
        let outputs = RowMatrix.FromColumns(y.Values)
        from call in new (string Name, Func<object> Call)[]
        {
            ("efficiency", () => Dea.Efficiency(inputs, outputs, options)),
            ("order m", () => PartialFrontier.OrderM(inputs, outputs, 3, options)),
            ("order alpha", () => PartialFrontier.OrderAlpha(inputs, outputs, 0.9, options)),
            ("influence", () => FrontierInfluence.LeaveOneOut(inputs, outputs, options)),
        }
        select ($"{call.Name} {returns} {orientation}: inputs {x.Name}, outputs {y.Name}", call.Call),
        Undefined);

    [Fact]
    public void Bootstraps_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from x in Hostile.Positive
        from y in Hostile.Positive
        let options = new FrontierOptions(ReturnsToScale.Variable, FrontierOrientation.Input)
        let inputs = RowMatrix.FromColumns(x.Values)
        let outputs = RowMatrix.FromColumns(y.Values)
        from call in new (string Name, Func<object> Call)[]
        {
            ("bootstrap", () => FrontierBootstrap.Run(inputs, outputs, options, new FrontierBootstrapOptions(20))),
            ("environment", () => EnvironmentRegression.Fit(inputs, outputs, RowMatrix.FromColumns([1, 1, 1, 1, 1, 1]), options, new EnvironmentOptions(0, 20))),
        }
        select ($"{call.Name}: inputs {x.Name}, outputs {y.Name}", call.Call),
        Undefined);

    [Fact]
    public void Malmquist_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from x in Hostile.Positive
        from y in Hostile.Positive
        select ($"inputs {x.Name}, outputs {y.Name}", (Func<object>)(() => Malmquist.Change(
            RowMatrix.FromColumns(x.Values), RowMatrix.FromColumns(y.Values), RowMatrix.FromColumns([1, 2, 3, 4, 5, 6]), RowMatrix.FromColumns([2, 7, 1, 8, 2, 8]), new FrontierOptions()))),
        nameof(MalmquistResult.Index),
        nameof(MalmquistResult.EfficiencyChange),
        nameof(MalmquistResult.TechnicalChange),
        nameof(MalmquistResult.PureEfficiencyChange),
        nameof(MalmquistResult.ScaleChange));
}

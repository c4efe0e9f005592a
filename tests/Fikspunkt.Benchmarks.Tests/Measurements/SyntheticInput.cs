using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>The synthetic Denmark as measurements see it, made once for all tests.</summary>
internal static class SyntheticInput
{
    private static readonly Lazy<(MeasurementInput Input, SyntheticPanel Panel, SyntheticIntegration Integration)> Made = new(() =>
    {
        var definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
        var panel = SyntheticDenmark.Generate(new SyntheticOptions(), definitions);
        var vintage = new VintageReference("synthetic-denmark-test", "synthetic-denmark", "synthetic", "2025-01-15T00:00:00Z", "0", Synthetic: true);
        var integration = SyntheticIntegration.Generate(panel.Draw.Structure);
        return (new MeasurementInput(definitions, panel.Observations, [vintage], integration.Spells), panel, integration);
    });

    public static MeasurementInput Input => Made.Value.Input;

    public static DefinitionSet Definitions => Input.Definitions;

    public static SyntheticPanel Panel => Made.Value.Panel;

    public static SyntheticIntegration Integration => Made.Value.Integration;

    public static MeasurementResult Run(string id) => MeasurementRunner.Run(Definitions.Measurements[id], Input);
}

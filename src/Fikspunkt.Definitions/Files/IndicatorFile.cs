using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Files;

/// <summary>Reads the files in <c>indicators/</c> and <c>breaks.yaml</c>.</summary>
internal static class IndicatorFile
{
    private const int MostDecimals = 10;
    private const string EveryIndicator = "*";

    /// <summary>The sources whose tables can be named.</summary>
    internal static readonly string[] Sources = ["jobindsats", "statbank", "file", "synthetic"];

    private static readonly string[] BreakKinds = ["reform", "table-replaced", "label-changed", "code-changed", "data-error", "area-changed"];

    public static IReadOnlyList<Indicator> Read(YamlNode root, Context context) => MapReader.ReadList(root, context, map => new Indicator(
        map.DefineId("id", Named.Indicator, underscores: true),
        map.Localized("name"),
        map.Localized("unit"),
        map.Whole("decimals", 0, MostDecimals),
        map.Choice<Direction>("direction"),
        map.Localized("zero_meaning"),
        map.YesNo("is_count"),
        map.NestedList("sources", source => new SourceTable(source.Choice("source", Sources), source.Text("table")), required: true),
        map.Text("institution"),
        map.Date("reviewed"),
        map.Localized("cannot_tell")));

    public static IReadOnlyList<SeriesBreak> ReadBreaks(YamlNode root, Context context) => MapReader.ReadList(root, context, map => new SeriesBreak(
        map.DefineId("id", Named.Break, underscores: false),
        map.Date("date"),
        map.Choice("kind", BreakKinds),
        map.Localized("title"),
        map.Localized("description"),
        map.UseList("benefit_groups", Named.BenefitGroup),
        Indicators(map, context),
        map.Text("source")));

    private static string[] Indicators(MapReader map, Context context)
    {
        var texts = map.PlacedTexts("indicators", required: true);
        foreach (var (text, place) in texts.Where(text => text.Text.Length > 0 && text.Text != EveryIndicator))
        {
            context.References.Use(Named.Indicator, text, place);
        }

        return [.. texts.Select(text => text.Text)];
    }
}

using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Files;

/// <summary>Reads the files in <c>tables/</c>.</summary>
internal static class TableFile
{
    public static TableDefinition? Read(YamlNode root, Context context, string fileId) => MapReader.Read(root, context, map =>
    {
        var table = new TableDefinition(
            map.DefineFileId(Named.Table, fileId),
            map.Choice("source", IndicatorFile.Sources),
            map.Localized("title"),
            map.Text("institution"),
            map.Text("licence"),
            map.NestedList("dimensions", ReadDimension, required: true),
            map.NestedList("measures", ReadMeasure, required: false),
            map.OptionalNested("tidy", ReadTidy),
            map.TextList("ignored_columns"))
        {
            HiddenMarkers = map.TextList("hidden_markers"),
            FixedBreakdown = BreakdownReader.Read(map, "fixed_breakdown", context),
        };
        Check(table, map);
        return table;
    });

    private static TableDimension ReadDimension(MapReader map)
    {
        var role = map.Choice<DimensionRole>("role");
        var dimension = map.OptionalText("dimension");
        if (role == DimensionRole.Breakdown && dimension is null)
        {
            map.Fault("dimension", Texts.MissingKey, expected: "dimension");
        }
        else if (role != DimensionRole.Breakdown && dimension is not null)
        {
            map.Fault("dimension", Texts.OnlyForBreakdowns, dimension);
        }

        var values = map.TextMap("values", dimension == Breakdown.BenefitGroup ? Named.BenefitGroup : null);
        if (role != DimensionRole.Breakdown && values.Count > 0)
        {
            map.Fault("values", Texts.OnlyForBreakdowns);
        }

        return new TableDimension(role, dimension, map.TextList("names", required: true), values);
    }

    private static TableMeasure ReadMeasure(MapReader map) =>
        new(map.Use("indicator", Named.Indicator), map.TextList("names", required: true), map.Text("unit"));

    private static TidyColumns ReadTidy(MapReader map) => new(
        map.TextList("indicator", required: true),
        map.TextList("value", required: true),
        map.TextList("status"),
        map.TextList("unit"),
        map.TextMap("indicators", Named.Indicator));

    private static void Check(TableDefinition table, MapReader map)
    {
        foreach (var role in new[] { DimensionRole.Area, DimensionRole.Period })
        {
            if (table.Dimensions.Count(dimension => dimension.Role == role) != 1)
            {
                map.Fault("dimensions", Texts.OneOfEachRole, expected: MapReader.Kebab(role.ToString()));
            }
        }

        if (table.Tidy is null == (table.Measures.Count == 0))
        {
            map.Fault("measures", Texts.MeasuresOrTidy);
        }

        var columns = table.Dimensions.Select(dimension => dimension.Names)
            .Concat(table.Measures.Select(measure => measure.Names))
            .Concat(table.Tidy is { } tidy ? [tidy.Indicator, tidy.Value, tidy.Status, tidy.Unit] : [])
            .Append(table.IgnoredColumns)
            .SelectMany(names => names);
        foreach (var twice in columns.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Key.Length > 0 && same.Count() > 1))
        {
            map.Fault("dimensions", Texts.ColumnBoundTwice, twice.Key);
        }
    }
}

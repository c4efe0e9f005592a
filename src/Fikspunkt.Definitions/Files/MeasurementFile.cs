using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain.Measurements;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Files;

/// <summary>Reads the files in <c>measurements/</c>.</summary>
internal static class MeasurementFile
{
    public static MeasurementSpec? Read(YamlNode root, Context context, string fileId) => MapReader.Read(root, context, map =>
    {
        var kind = map.Choice<MeasurementKind>("kind");
        var spec = new MeasurementSpec(
            map.DefineFileId(Named.Measurement, fileId),
            kind,
            map.Localized("title"),
            map.Localized("question"),
            map.Text("institution"),
            map.Text("source"),
            map.Date("reviewed"),
            map.Localized("can_tell"),
            map.Localized("cannot_tell"),
            map.OptionalUse("model", Named.Model),
            map.UseList("tables", Named.Table),
            map.NestedList("objections", objection => new Objection(objection.Localized("text"), objection.Localized("answer")), required: true),
            map.NestedList("open_points", point => new OpenPoint(point.Localized("text"), point.Localized("choice")), required: true),
            map.TextMap("settings"),
            map.NestedList("rules", rule => rule.AllTexts(), required: false));
        IReadOnlyList<string> required = MeasurementSchema.Required(kind);
        Check("settings", spec.Settings.Keys, required, [.. required, .. MeasurementSchema.Optional(kind)], map);
        foreach (var rule in spec.Rules)
        {
            Check("rules", rule.Keys, [], MeasurementSchema.OfRules(kind), map);
        }

        return spec;
    });

    private static void Check(string key, IEnumerable<string> given, IReadOnlyList<string> required, IReadOnlyList<string> allowed, MapReader map)
    {
        var names = given.ToList();
        foreach (var unknown in names.Except(allowed))
        {
            map.Fault(key, Texts.UnknownKey, unknown, Say.OneOf(unknown, allowed));
        }

        foreach (var missing in required.Except(names))
        {
            map.Fault(key, Texts.MissingKey, expected: missing);
        }
    }
}

using System.Text;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>One sound file of each form that is read, to be damaged.</summary>
internal static class FileForms
{
    public const string TidyCsv = "area,period,indicator,benefit_group,value,status\n101,2020M01,full_time_persons,a-dagpenge,12.5,ok\nLæsø,2020M02,full_time_persons,kontanthjaelp,,suppressed\n751,2020M03,population,,345332,ok\n";

    public const string WideCsv = "area;period;benefit_group;expected_persons;expected_share_pct\nKøbenhavn;2020QMAT02;Ydelsesgrupper i alt;43070;9,08\nLæsø;2020QMAT02;A-dagpenge mv.;10;-\n\"Vesthimmerlands\";2020QMAT04;\"Kontanthjælp mv.\";1.234.567;0,00\n";

    public const string StatBankCsv = "\uFEFFOMRÅDE;SAESONFAK;TID;INDHOLD\r\n101 København;24 Faktiske tal;2023M01;12345,5\r\n000 Hele landet;10;2023M01;..\r\n084 Region Hovedstaden;24;2023M02;90000\r\n";

    public static IReadOnlyDictionary<string, (string Name, byte[] Content, string Table)> All { get; } = new Dictionary<string, (string, byte[], string)>
    {
        ["tidy CSV"] = ("a.csv", Encoding.UTF8.GetBytes(TidyCsv), "made-up"),
        ["wide CSV"] = ("a.csv", Encoding.UTF8.GetBytes(WideCsv), "benchmark"),
        ["jobindsats CSV, periods in rows"] = ("a.csv", Encoding.Latin1.GetBytes(ExportImportTests.PeriodsInRows), "benchmark"),
        ["jobindsats CSV, periods in columns"] = ("a.csv", Encoding.UTF8.GetBytes(ExportImportTests.PeriodsInColumns), "benchmark"),
        ["StatBank CSV"] = ("a.csv", Encoding.UTF8.GetBytes(StatBankCsv), "unemployed"),
        ["XLSX"] = ("a.xlsx", XlsxFile.Make(
            "Data", "A1:D1", ["Forventet antal", null, null, null], ["Område", "Ydelsesgrupper", "Periode", "Forventet antal", "Forventet andel (pct.)"], ["København", "A-dagpenge mv.", new DateTime(2020, 1, 1), 16170, "3,41"], ["Læsø", "Kontanthjælp mv.", "2020QMAT04", 10, 2.5]), "benchmark"),
        ["jobindsats JSON, version 2"] = ("a.json", Encoding.UTF8.GetBytes(JsonImportTests.Version2), "benchmark"),
        ["jobindsats JSON, version 3"] = ("a.json", Encoding.UTF8.GetBytes(JsonImportTests.Version3), "benchmark"),
        ["JSON-stat"] = ("a.json", Encoding.UTF8.GetBytes(JsonImportTests.JsonStat), "unemployed"),
    };
}

using System.Globalization;
using BenchmarkDotNet.Running;
using Fikspunkt.Bench;
using Fikspunkt.Bench.Coverage;
using Fikspunkt.Bench.FirstReal;

switch (args)
{
    case ["import-10m"]:
        ImportBench.Run();
        break;
    case ["import-csv-10m"]:
        CsvImportBench.Run();
        break;
    case ["glm", .. var rest]:
        GlmBench.Run(rest.Length == 0 ? 5 : int.Parse(rest[0], CultureInfo.InvariantCulture));
        break;
    case ["ols", .. var rest]:
        var sizes = Array.ConvertAll(rest, text => int.Parse(text, CultureInfo.InvariantCulture));
        OlsBench.Run(sizes.ElementAtOrDefault(0) is > 0 and var rows ? rows : 3_700_000, sizes.ElementAtOrDefault(1) is > 0 and var columns ? columns : 60, sizes.ElementAtOrDefault(2) is > 0 and var runs ? runs : 5);
        break;
    case ["survival", .. var rest]:
        SurvivalBench.Run(rest.Length == 0 ? 5 : int.Parse(rest[0], CultureInfo.InvariantCulture));
        break;
    case ["frontiers"]:
        FrontierBench.Run();
        break;
    case ["coverage", .. var replications]:
        return CoverageCommand.Run(replications);
    case ["first-real", .. var data]:
        return FirstRealCommand.Run(data);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

return 0;

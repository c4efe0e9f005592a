using BenchmarkDotNet.Running;
using Fikspunkt.Bench;

switch (args)
{
    case ["import-10m"]:
        ImportBench.Run();
        break;
    case ["import-csv-10m"]:
        CsvImportBench.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

return 0;

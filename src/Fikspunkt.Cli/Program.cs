using Fikspunkt.Cli;

return await CommandLine.RunAsync(args, Terminal.Standard);

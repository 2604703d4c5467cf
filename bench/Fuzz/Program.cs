using WuShe.Fuzz;

switch (args)
{
    case ["seeds", var messages, var folder]:
        Seeds.Write(messages, folder);
        return 0;
    case ["once", .. var files]:
        foreach (var file in files) Callback.Read(await File.ReadAllBytesAsync(file));
        return 0;
    case []:
        // AFL sends each input over the standard input and counts what code it reaches.
        SharpFuzz.Fuzzer.Run(input =>
        {
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            Callback.Read(bytes.ToArray());
        });
        return 0;
    default:
        Console.Error.WriteLine("Usage: fuzz | fuzz seeds <messages.json> <folder> | fuzz once <file>…");
        return 2;
}

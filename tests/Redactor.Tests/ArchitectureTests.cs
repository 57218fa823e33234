using Mono.Cecil;
using Mono.Cecil.Cil;
using Redactor.Scanning;

namespace Redactor.Tests;

/// <summary>Holds the compiled program to the table "Rooms" of docs/architecture.md: a room is a namespace, and may know what its row says.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "root";
    private const string ScannerRoom = "Scanner";

    private static readonly Dictionary<string, string[]> Table = ReadTable();

    [Fact]
    public void Every_room_knows_only_what_the_table_allows()
    {
        string[] wrong = [.. References(typeof(Payload).Assembly.Location)
            .Where(r => r.From != r.To && !Allowed(r.From, r.To))
            .Select(r => $"{r.FromType} ({r.From}) uses {r.ToType} ({r.To})")
            .Distinct().Order(StringComparer.Ordinal)];

        Assert.True(wrong.Length == 0, "docs/architecture.md does not allow:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void The_scanner_knows_nothing_but_the_base_class_library()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Scanner).Assembly.Location);

        Assert.All(assembly.MainModule.AssemblyReferences, r => Assert.StartsWith("System.", r.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_namespace_of_the_program_has_a_row_in_the_table()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Payload).Assembly.Location);
        var rooms = assembly.MainModule.Types.Select(RoomOf).OfType<string>().Distinct();

        Assert.All(rooms, room => Assert.True(room == Root || Table.ContainsKey(room), $"'{room}' has no row in docs/architecture.md"));
    }

    [Fact]
    public void The_references_are_read_from_signatures_and_from_method_bodies()
    {
        var seen = References(typeof(Payload).Assembly.Location).Select(r => (r.From, r.To)).ToHashSet();

        Assert.Contains(("Rules", ScannerRoom), seen);
    }

    private static bool Allowed(string from, string to) =>
        (to == Root && from != "Otlp") || (Table.TryGetValue(from, out var known) && (known.Contains(to) || known.Contains("everything")));

    /// <summary>The rows as room -> what it may know. The rooms of the program know the root types without saying so.</summary>
    private static Dictionary<string, string[]> ReadTable()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "architecture.md"))
            .SkipWhile(line => line != "## Rooms")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
        return rows.ToDictionary(cells => RoomOfRow(cells[1].Trim('`')), cells => cells[3].Split(", "), StringComparer.Ordinal);
    }

    private static string RoomOfRow(string folder) => folder switch
    {
        "src/Redactor.Scanner" => ScannerRoom,
        _ => Path.GetFileNameWithoutExtension(folder.TrimEnd('/')),
    };

    private static List<Reference> References(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return [.. from type in assembly.MainModule.GetTypes()
                   let room = RoomOf(type)
                   where room is not null
                   from used in UsedBy(type)
                   let other = RoomOf(used)
                   where other is not null
                   select new Reference(room, type.FullName, other, used.FullName)];
    }

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> declared =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.SelectMany(UsedBy),
        ];
        return declared.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature = [method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)];
        if (!method.HasBody)
        {
            return signature;
        }

        return signature
            .Concat(method.Body.Variables.Select(v => v.VariableType))
            .Concat(method.Body.ExceptionHandlers.Select(h => h.CatchType))
            .Concat(method.Body.Instructions.SelectMany(UsedBy));
    }

    private static IEnumerable<TypeReference?> UsedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    /// <summary>A type and what it is made of: the element of an array, the arguments of a generic type.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        FunctionPointerType pointer => pointer.Parameters.Select(p => p.ParameterType).Append(pointer.ReturnType).SelectMany(Parts),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    /// <summary>The room of a type: the second word of its namespace; null for what is not ours.</summary>
    private static string? RoomOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.Namespace.Split('.') switch
        {
            ["Redactor", "Scanning", ..] => ScannerRoom,
            ["Redactor"] => type.Name == "Pipeline" ? type.Name : Root,
            ["Redactor", var room, ..] => room,
            _ => type.Name == "Program" ? "Cli" : null,
        };
    }

    private sealed record Reference(string From, string FromType, string To, string ToType);
}

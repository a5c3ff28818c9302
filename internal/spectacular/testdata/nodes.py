"""What calls show of the API, for drf-spectacular. Written by "akita drift --patch django".

Import this module once, when the application is ready:

    class ShopConfig(AppConfig):
        name = "shop"

        def ready(self):
            from . import akita_schema  # noqa: F401

Read it first. Below "Decide:" is what calls did and the schema did not allow. This file
allows it; where the API is wrong, mend the API and delete its description here.
"""

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from shop.views import NodeView


@extend_schema_field({"type": "string", "pattern": "^[a-z]+$"})
class ObservedNodeCodeField(serializers.CharField):
    pass


class ObservedNodeOwnerSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=9, required=False)


class ObservedNodeExtraSerializer(serializers.Serializer):
    def get_fields(self):
        fields = super().get_fields()
        fields["__x"] = serializers.BooleanField(required=False)
        fields["class"] = serializers.ListField(
            child=serializers.IntegerField(),
            required=False,
        )
        return fields


class ObservedNode2Serializer(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, read_only=True)
    code = ObservedNodeCodeField()
    day = serializers.DateField(required=False, allow_null=True)
    secret = serializers.CharField(required=False, write_only=True)
    weights = serializers.DictField(
        child=serializers.ListField(child=serializers.FloatField()),
        required=False,
    )
    owner = ObservedNodeOwnerSerializer(required=False, allow_null=True)
    extra = ObservedNodeExtraSerializer(required=False)

    def get_fields(self):
        fields = super().get_fields()
        fields["children"] = ObservedNode2Serializer(many=True, required=False)
        fields["it's"] = serializers.ChoiceField(choices=["a", "b"], required=False)
        return fields


extend_schema_view(
    post=extend_schema(
        request={
            "application/json": {
                "type": "object",
                "required": ["id", "code"],
                "properties": {
                    "id": {"type": "integer", "readOnly": True, "minimum": 1},
                    "code": {"type": "string", "pattern": "^[a-z]+$"},
                    "day": {"type": "string", "format": "date", "nullable": True},
                    "secret": {"type": "string", "writeOnly": True},
                    "children": {"type": "array", "items": {}},
                    "weights": {
                        "type": "object",
                        "additionalProperties": {
                            "type": "array",
                            "items": {"type": "number"},
                        },
                    },
                    "owner": {
                        "nullable": True,
                        "allOf": [
                            {
                                "type": "object",
                                "properties": {
                                    "name": {"type": "string", "maxLength": 9},
                                },
                            },
                        ],
                    },
                    "it's": {"type": "string", "enum": ["a", "b"]},
                    "extra": {
                        "type": "object",
                        "properties": {
                            "__x": {"type": "boolean"},
                            "class": {"type": "array", "items": {"type": "integer"}},
                        },
                    },
                },
            },
        },
    ),
)(NodeView)
